// SPDX-License-Identifier: BSL-1.0
// Reading and writing safetensors, the file format of parameters: a header of names, types and shapes, then the numbers.
//
//   8 bytes: N, little-endian | N bytes: JSON | data
//
// Functions without a parameter to deduce are templates, too: only programs that call them pay for compiling them.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <weft/core/error.hpp>
#include <weft/core/file.hpp>
#include <weft/model/safetensors_header.hpp>

namespace weft::safetensors {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian, and so must this machine be");

/// The reference implementation refuses longer headers, too.
inline constexpr std::size_t max_header_size = 100'000'000;

/// A named array: type name of the format (`F32`), shape, and its bytes, row-major.  The bytes may be unaligned: copy them, or use `copy`.
struct Entry {
    std::string name;
    std::string dtype;
    std::vector<std::size_t> shape;
    std::span<const std::byte> data;
};

/// The format's name of a C++ type: `dtype_name<float>() == "F32"`.
template <class T>
constexpr std::string_view dtype_name() {
    static_assert(std::is_arithmetic_v<T> && sizeof(T) <= 8, "safetensors holds bool, integers and floats of up to 64 bits");
    constexpr std::size_t size = sizeof(T);
    if constexpr (std::is_same_v<T, bool>) return "BOOL";
    else if constexpr (std::is_floating_point_v<T>) return size == 4 ? "F32" : "F64";
    else if constexpr (std::is_signed_v<T>) return size == 1 ? "I8" : size == 2 ? "I16" : size == 4 ? "I32" : "I64";
    else return size == 1 ? "U8" : size == 2 ? "U16" : size == 4 ? "U32" : "U64";
}

namespace detail {

inline constexpr std::size_t too_many = std::numeric_limits<std::size_t>::max();

/// 0 … n - 1, sorted.  All callers share one instance of std::sort, which is what costs compile time here.
template <class = void>
std::vector<std::size_t> order_by(std::size_t n, const void* context, bool (*less)(const void*, std::size_t, std::size_t)) {
    std::vector<std::size_t> indices(n);
    for (std::size_t i = 0; i < n; ++i) indices[i] = i;
    std::sort(indices.begin(), indices.end(), [=](std::size_t a, std::size_t b) { return less(context, a, b); });
    return indices;
}

template <class Less>
std::vector<std::size_t> order(std::size_t n, const Less& less) {
    return order_by(n, &less, [](const void* f, std::size_t a, std::size_t b) -> bool { return (*static_cast<const Less*>(f))(a, b); });
}

} // namespace detail

/// Bytes of a tensor; the largest number there is when they do not fit 64 bits.
inline std::size_t byte_count(std::string_view dtype, std::span<const std::size_t> shape) {
    // A zero anywhere makes the product zero, whatever the others are; overflow is judged without it, as it is while reading from the left.
    std::size_t bytes = dtype_size(dtype);
    bool empty = false;
    for (const std::size_t extent : shape) {
        empty = empty || extent == 0;
        if (extent != 0 && bytes > (detail::too_many - 1) / extent) return detail::too_many;
        if (extent != 0) bytes *= extent;
    }
    return empty ? 0 : bytes;
}

/// An entry that refers to `values`, which must outlive it.
template <class T>
Entry entry(std::string name, std::vector<std::size_t> shape, std::span<const T> values) {
    return {std::move(name), std::string(dtype_name<T>()), std::move(shape), std::as_bytes(values)};
}

/// A file, read into memory and checked completely: what exists is well-formed.
///
/// Throws FileError for everything malformed, naming file, tensor, expected and received: a file too short for its header, a header
/// above 100 MB or that is not the format's JSON (leading space, duplicate names, non-string metadata), an unknown type, a shape that
/// overflows or does not fill its bytes, offsets that are out of order, overlap, leave a hole, end beyond the file or before its end.
class File {
public:
    template <class = void>
    static File read(const std::string& path) {
        return File(read_file(path), path);
    }

    /// The same for bytes in memory; `name` stands for the file in messages.
    template <class = void>
    static File parse(std::vector<std::byte> bytes, const std::string& name) {
        return File(std::move(bytes), name);
    }

    File(File&&) noexcept = default;
    File& operator=(File&&) noexcept = default;

    const std::string& path() const { return path_; }
    /// In the order of the data.
    const std::vector<Entry>& entries() const { return entries_; }
    const Metadata& metadata() const { return metadata_; }

    /// The entry of that name, or a null pointer.
    template <class = void>
    const Entry* find(std::string_view name) const {
        const auto at = std::lower_bound(by_name_.begin(), by_name_.end(), name,
                                         [&](std::size_t i, std::string_view n) { return entries_[i].name < n; });
        return at != by_name_.end() && entries_[*at].name == name ? &entries_[*at] : nullptr;
    }

private:
    std::string path_;
    std::vector<std::byte> bytes_; // entries point into it: moving keeps its address, copying would not
    std::vector<Entry> entries_;
    std::vector<std::size_t> by_name_;
    Metadata metadata_;

    template <class... Parts>
    [[noreturn, gnu::cold]] void refuse(const Parts&... parts) const {
        throw FileError(message(path_, ": not a safetensors file: ", parts...));
    }

    template <class = void>
    [[gnu::cold]] File(std::vector<std::byte> bytes, const std::string& path) : path_(path), bytes_(std::move(bytes)) {
        if (bytes_.size() < 8) refuse("expected at least 8 bytes, received ", bytes_.size());
        std::uint64_t length = 0;
        std::memcpy(&length, bytes_.data(), 8);
        if (length > max_header_size) refuse("expected a header of at most 100000000 bytes, received ", length);
        if (length > bytes_.size() - 8) refuse("its header ends at byte ", length + 8, ", the file at byte ", bytes_.size());
        const auto header_size = static_cast<std::size_t>(length);
        Header header = parse_header({reinterpret_cast<const char*>(bytes_.data()) + 8, header_size}, path_);
        metadata_ = std::move(header.metadata);

        const std::vector<std::size_t> by_offset = detail::order(header.tensors.size(), [&](std::size_t a, std::size_t b) {
            const Description &left = header.tensors[a], &right = header.tensors[b];
            return std::tie(left.begin, left.end, left.name) < std::tie(right.begin, right.end, right.name);
        });
        const std::span<const std::byte> data = std::span<const std::byte>(bytes_).subspan(8 + header_size);
        std::size_t end = 0;
        for (const std::size_t i : by_offset) {
            Description& tensor = header.tensors[i];
            check(tensor, data.size(), end);
            end = tensor.end;
            entries_.push_back({std::move(tensor.name), std::move(tensor.dtype), std::move(tensor.shape),
                                data.subspan(tensor.begin, end - tensor.begin)});
        }
        if (end != data.size()) refuse("expected ", end, " bytes of data, received ", data.size(), ": the last belong to no tensor");
        by_name_ = detail::order(entries_.size(), [&](std::size_t a, std::size_t b) { return entries_[a].name < entries_[b].name; });
    }

    /// `end` is where the data of the tensor before ends: offsets must go on there.
    template <class = void>
    [[gnu::cold]] void check(const Description& tensor, std::size_t size, std::size_t end) const {
        const auto refuse_tensor = [&](const auto&... parts) { refuse("tensor \"", tensor.name, "\": ", parts...); };
        if (dtype_size(tensor.dtype) == 0) refuse_tensor("expected a type such as F32, F16 or I64, received \"", tensor.dtype, '"');
        if (tensor.begin > tensor.end) refuse_tensor("expected offsets in order, received [", tensor.begin, ", ", tensor.end, ']');
        if (tensor.end > size) refuse_tensor("its data end at byte ", tensor.end, ", the file's at byte ", size);
        const std::size_t expected = byte_count(tensor.dtype, tensor.shape);
        if (expected == detail::too_many) refuse_tensor("expected a shape of less than 2^64 bytes, received ", shape_text(tensor.shape));
        if (tensor.end - tensor.begin != expected)
            refuse_tensor(tensor.dtype, ' ', shape_text(tensor.shape), ": expected ", expected, " bytes, received ",
                          tensor.end - tensor.begin);
        if (tensor.begin != end)
            refuse_tensor("expected its data to begin at byte ", end, ", received ", tensor.begin,
                          tensor.begin < end ? ": it overlaps the tensor before" : ": the bytes between belong to no tensor");
    }
};

/// Writes beside the target, syncs, renames: `path` never holds half a file.  Sorted by size of type, then name, so that all are aligned.
///
/// Throws ValueError for a name that appears twice, is `__metadata__` or no UTF-8, an unknown type, or a shape that does not match the
/// bytes; FileError when the file cannot be written.
template <class = void>
[[gnu::cold]] void write(const std::string& path, std::span<const Entry> entries, const Metadata& metadata = {}) {
    const std::vector<std::size_t> sorted = detail::order(entries.size(), [&](std::size_t a, std::size_t b) {
        const std::size_t left = dtype_size(entries[a].dtype), right = dtype_size(entries[b].dtype);
        return left != right ? left > right : entries[a].name < entries[b].name;
    });
    Header header{{}, metadata};
    std::set<std::string_view> names{"__metadata__"};
    std::size_t end = 0;
    for (const std::size_t i : sorted) {
        const Entry* e = &entries[i];
        if (dtype_size(e->dtype) == 0)
            throw ValueError(message(path, ": tensor \"", e->name, "\": no type of safetensors: \"", e->dtype, '"'));
        const std::size_t size = byte_count(e->dtype, e->shape);
        if (size != e->data.size())
            throw ValueError(message(path, ": tensor \"", e->name, "\": ", e->dtype, ' ', shape_text(e->shape), ": expected ", size,
                                     " bytes, received ", e->data.size()));
        if (!names.insert(e->name).second)
            throw ValueError(message(path, ": tensor \"", e->name, "\": the name appears twice, or is __metadata__"));
        header.tensors.push_back({e->name, e->dtype, e->shape, end, end + size});
        end += size;
    }
    const std::string json = format_header(header);
    const std::uint64_t length = json.size();
    if (length > max_header_size) throw ValueError(message(path, ": expected a header of at most 100000000 bytes, received ", length));
    std::vector<std::span<const std::byte>> parts{std::as_bytes(std::span(&length, 1)), std::as_bytes(std::span(json.data(), json.size()))};
    for (const std::size_t i : sorted) parts.push_back(entries[i].data);
    write_file(path, parts);
}

template <class = void>
void write(const std::string& path, const std::vector<Entry>& entries, const Metadata& metadata = {}) {
    write(path, std::span<const Entry>(entries), metadata);
}

namespace detail {

/// IEEE binary16 to float, exactly.
inline float from_half(std::uint16_t bits) {
    const int exponent = bits >> 10 & 31, mantissa = bits & 1023;
    using limits = std::numeric_limits<float>;
    float magnitude = 0;
    if (exponent == 31) magnitude = mantissa != 0 ? limits::quiet_NaN() : limits::infinity();
    else if (exponent == 0) magnitude = std::ldexp(static_cast<float>(mantissa), -24);
    else magnitude = std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
    return bits >> 15 != 0 ? -magnitude : magnitude;
}

inline float from_bfloat(std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); }

template <class From, class T, class Convert>
void copy_as(std::span<const std::byte> bytes, std::span<T> values, const Convert& convert) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        From value;
        std::memcpy(&value, bytes.data() + i * sizeof(From), sizeof(From));
        values[i] = static_cast<T>(convert(value));
    }
}

} // namespace detail

/// Copies an entry's numbers: F64, F32, F16 and BF16 become floats, BOOL and integers become integers of any kind that hold them all.
///
/// Throws ShapeError when `values` has another size, FileError for a type that does not convert (integers to floats and back mean that the
/// file holds something else) and for an integer that does not fit.
template <class T>
void copy(const Entry& e, std::span<T> values) {
    const std::size_t size = dtype_size(e.dtype);
    if (size == 0 || e.data.size() != values.size() * size)
        throw ShapeError(message("tensor \"", e.name, "\": expected ", values.size(), " numbers, received ", e.dtype, ' ',
                                 shape_text(e.shape)));
    const auto same = [](auto value) { return value; };
    if (e.dtype == dtype_name<T>() && !std::is_same_v<T, bool>) { // a bool must be 0 or 1, a byte of a file may be anything
        if (!e.data.empty()) std::memcpy(values.data(), e.data.data(), e.data.size());
        return;
    }
    if constexpr (std::is_floating_point_v<T>) {
        if (e.dtype == "F32") return detail::copy_as<float>(e.data, values, same);
        if (e.dtype == "F64") return detail::copy_as<double>(e.data, values, same);
        if (e.dtype == "F16") return detail::copy_as<std::uint16_t>(e.data, values, detail::from_half);
        if (e.dtype == "BF16") return detail::copy_as<std::uint16_t>(e.data, values, detail::from_bfloat);
    } else {
        const auto checked = [&](auto value) {
            if (!std::in_range<std::conditional_t<std::is_same_v<T, bool>, unsigned char, T>>(value))
                throw FileError(message("tensor \"", e.name, "\": expected ", dtype_name<T>(), ", received ", +value));
            return value;
        };
        if (e.dtype == "BOOL" || e.dtype == "U8") return detail::copy_as<std::uint8_t>(e.data, values, checked);
        if (e.dtype == "I8") return detail::copy_as<std::int8_t>(e.data, values, checked);
        if (e.dtype == "I16") return detail::copy_as<std::int16_t>(e.data, values, checked);
        if (e.dtype == "U16") return detail::copy_as<std::uint16_t>(e.data, values, checked);
        if (e.dtype == "I32") return detail::copy_as<std::int32_t>(e.data, values, checked);
        if (e.dtype == "U32") return detail::copy_as<std::uint32_t>(e.data, values, checked);
        if (e.dtype == "I64") return detail::copy_as<std::int64_t>(e.data, values, checked);
        if (e.dtype == "U64") return detail::copy_as<std::uint64_t>(e.data, values, checked);
    }
    throw FileError(message("tensor \"", e.name, "\": expected ", dtype_name<T>(), ", received ", e.dtype));
}

} // namespace weft::safetensors
