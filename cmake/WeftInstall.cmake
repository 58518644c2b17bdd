# SPDX-License-Identifier: BSL-1.0
# Installation: headers, the CMake package, the data files of the examples, the licence.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(weft_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/weft)

install(TARGETS weft weft_native EXPORT weftTargets
    FILE_SET headers DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILE_SET device_headers DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT weftTargets NAMESPACE weft:: DESTINATION ${weft_package_folder})

configure_package_config_file(cmake/weftConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/weftConfig.cmake
    INSTALL_DESTINATION ${weft_package_folder})
# Before 1.0 a minor version may change spellings.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/weftConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/weftConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/weftConfigVersion.cmake
    cmake/WeftDependencies.cmake DESTINATION ${weft_package_folder})

install(DIRECTORY examples/data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/weft OPTIONAL)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
