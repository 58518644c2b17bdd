// SPDX-License-Identifier: BSL-1.0
// Whole files in and out: read entirely before anything is looked at, written beside the target, synced and renamed.
//
// Templates, so that only programs that call them pay for compiling them.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <weft/core/error.hpp>

namespace weft {

namespace detail {

/// Closes a file descriptor when a scope is left.
struct Descriptor {
    int number;
    explicit Descriptor(int n) : number(n) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
};

template <class = void>
[[noreturn, gnu::cold]] void throw_file_error(const std::string& path, const char* what) {
    throw FileError(message(path, ": ", what, ": ", std::strerror(errno)));
}

template <class = void>
[[gnu::cold]] void write_all(int descriptor, std::span<const std::byte> bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ::ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw_file_error(path, "cannot write");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

} // namespace detail

/// Everything that a file holds.  Throws FileError when it cannot be opened or read.
template <class = void>
[[gnu::cold]] std::vector<std::byte> read_file(const std::string& path) {
    const detail::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number < 0) detail::throw_file_error(path, "cannot open");
    struct ::stat status {};
    if (::fstat(file.number, &status) != 0) detail::throw_file_error(path, "cannot read");
    std::vector<std::byte> bytes(static_cast<std::size_t>(status.st_size));
    std::size_t size = 0;
    for (;;) {
        // Pipes have no size and files may grow: the end is where read says so.
        if (size == bytes.size()) bytes.resize(size + 4096);
        const ::ssize_t count = ::read(file.number, bytes.data() + size, bytes.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) detail::throw_file_error(path, "cannot read");
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    bytes.resize(size);
    return bytes;
}

/// Writes the parts one after another; `path` holds either what it held before or all of them, even if the machine stops on the way.
///
/// Throws FileError when the folder does not exist, is not writable or full; `path` is unchanged then.
template <class = void>
[[gnu::cold]] void write_file(const std::string& path, std::span<const std::span<const std::byte>> parts) {
    const std::string beside = message(path, ".", ::getpid(), ".part");
    try {
        const detail::Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
        if (file.number < 0) detail::throw_file_error(path, "cannot write");
        for (const auto& part : parts) detail::write_all(file.number, part, path);
        if (::fsync(file.number) != 0) detail::throw_file_error(path, "cannot write");
        if (::rename(beside.c_str(), path.c_str()) != 0) detail::throw_file_error(path, "cannot replace");
    } catch (...) {
        ::unlink(beside.c_str());
        throw;
    }
    // The new name is durable once its folder is synced; some file systems cannot do that, and the content is safe in any case.
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
    const detail::Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.number >= 0) ::fsync(directory.number);
}

/// The same for text.
template <class = void>
[[gnu::cold]] void write_file(const std::string& path, std::string_view text) {
    const std::span<const std::byte> part = std::as_bytes(std::span(text.data(), text.size()));
    write_file(path, std::span(&part, 1));
}

} // namespace weft
