// SPDX-License-Identifier: BSL-1.0
// Finding the data files that come with Weft, and reading text that may be compressed.
//
// Templates, so that only programs that call them pay for compiling them.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <weft/core/error.hpp>

namespace weft::data {

/// Folders in which data files are looked for, in this order: the environment variable WEFT_DATA_DIR, the folders of the compile definition
/// WEFT_DATA_PATH (separated by colons; the build system sets it), those beside this header, and share/weft under /usr/local and /usr.
template <class = void>
std::vector<std::string> search_path() {
    std::vector<std::string> folders;
    const auto add_list = [&](std::string_view list) {
        for (std::size_t at = 0; at <= list.size();) {
            const std::size_t end = std::min(list.find(':', at), list.size());
            if (end > at) folders.emplace_back(list.substr(at, end - at));
            at = end + 1;
        }
    };
    if (const char* folder = std::getenv("WEFT_DATA_DIR")) add_list(folder);
#ifdef WEFT_DATA_PATH
    add_list(WEFT_DATA_PATH);
#endif
    // This file is PREFIX/include/weft/data/files.hpp, in a checkout and installed alike.
    const std::string_view here = __FILE__, suffix = "include/weft/data/files.hpp";
    if (here.ends_with(suffix)) {
        const std::string prefix(here.substr(0, here.size() - suffix.size()));
        folders.push_back(prefix + "examples/data");
        folders.push_back(prefix + "share/weft");
    }
    folders.push_back("/usr/local/share/weft");
    folders.push_back("/usr/share/weft");
    return folders;
}

/// The path of a data file.  Throws FileError that lists the folders searched.
template <class = void>
std::string find_file(const std::string& name) {
    std::string searched;
    for (const std::string& folder : search_path()) {
        const std::string path = folder + '/' + name;
        if (::access(path.c_str(), R_OK) == 0) return path;
        searched += "\n  " + folder;
    }
    throw FileError(message(name, ": not found; set the environment variable WEFT_DATA_DIR to its folder.  Searched:", searched));
}

/// The text of a file, uncompressed if it is a .gz.  Throws FileError when it cannot be read or is damaged.
template <class = void>
std::string read_text(const std::string& path) {
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(::gzopen(path.c_str(), "rb"), ::gzclose);
    if (file == nullptr) throw FileError(message(path, ": cannot open: ", std::strerror(errno)));
    std::string text;
    for (;;) {
        constexpr std::size_t step = 1 << 16;
        const std::size_t size = text.size();
        text.resize(size + step);
        const int count = ::gzread(file.get(), text.data() + size, step);
        text.resize(size + static_cast<std::size_t>(count > 0 ? count : 0));
        if (count > 0) continue;
        int error = Z_OK;
        const char* what = ::gzerror(file.get(), &error);
        if (count < 0 || error != Z_OK) throw FileError(message(path, ": cannot read: ", error == Z_ERRNO ? std::strerror(errno) : what));
        return text;
    }
}

} // namespace weft::data
