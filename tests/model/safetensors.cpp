// SPDX-License-Identifier: BSL-1.0
// Tests of safetensors: what is written reads back, byte for byte as the format says, and every malformed file is refused by name.
#include <boost/test/unit_test.hpp>

#include <cstring>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <weft/model/safetensors.hpp>

namespace st = weft::safetensors;

static_assert(st::dtype_name<float>() == "F32" && st::dtype_name<double>() == "F64" && st::dtype_name<std::int64_t>() == "I64");
static_assert(st::dtype_size("BF16") == 2 && st::dtype_size("F33") == 0);

namespace {

std::vector<std::byte> bytes_of(std::string_view text) {
    std::vector<std::byte> bytes(text.size());
    if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

/// A file with that header, unpadded, and `size` bytes of data.
std::vector<std::byte> file_of(std::string_view header, std::size_t size) {
    const std::uint64_t length = header.size();
    std::string text(reinterpret_cast<const char*>(&length), 8);
    return bytes_of(text.append(header).append(size, '\1'));
}

std::string refusal(const std::vector<std::byte>& bytes) {
    try {
        st::File::parse(bytes, "broken.safetensors");
    } catch (const weft::FileError& error) {
        return error.what();
    }
    return "accepted";
}

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("weft_safetensors_" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string operator/(const char* name) const { return (path / name).string(); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(model_safetensors)

BOOST_AUTO_TEST_CASE(what_is_written_reads_back) {
    Folder folder;
    const std::vector<float> kernel{1, 2, 3, 4, 5, 6};
    const std::vector<double> scalar{3.5};
    const std::vector<std::int64_t> steps{-7, 1LL << 40};
    st::write(folder / "a", {st::entry<float>("dense/kernel", {2, 3}, kernel), st::entry<double>("scalar", {}, scalar),
                             st::entry<std::int64_t>("größe \"\\\n", {2}, steps), st::entry<float>("empty", {0, 4}, {})},
              {{"format", "pt"}, {"note", "a\tb"}});
    const st::File file = st::File::read(folder / "a");
    BOOST_TEST(file.entries().size() == 4u);
    BOOST_TEST(file.metadata().at("note") == "a\tb");
    const st::Entry* entry = file.find("dense/kernel");
    BOOST_REQUIRE(entry != nullptr);
    BOOST_TEST(entry->dtype == "F32");
    BOOST_TEST(weft::shape_text(entry->shape) == "(2, 3)");
    std::vector<float> read(6);
    st::copy(*entry, std::span(read));
    BOOST_TEST(read == kernel);
    std::vector<std::int64_t> integers(2);
    st::copy(*file.find("größe \"\\\n"), std::span(integers));
    BOOST_TEST(integers == steps);
    BOOST_TEST(file.find("empty")->data.empty());
    BOOST_TEST(file.find("dense") == nullptr);
    BOOST_TEST(file.find("zzz") == nullptr);
}

BOOST_AUTO_TEST_CASE(bytes_are_those_of_the_format) {
    Folder folder;
    const std::vector<float> one{1};
    const std::vector<std::uint8_t> two{1, 2};
    st::write(folder / "a", {st::entry<std::uint8_t>("b", {2}, two), st::entry<float>("z", {1}, one), st::entry<float>("a", {1}, one)});
    const std::string json = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                             R"("z":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
                             R"("b":{"dtype":"U8","shape":[2],"data_offsets":[8,10]}})";
    const std::vector<std::byte> bytes = weft::read_file(folder / "a");
    const std::size_t padded = (json.size() + 7) / 8 * 8;
    BOOST_REQUIRE_EQUAL(bytes.size(), 8 + padded + 10);
    BOOST_TEST(std::to_integer<std::size_t>(bytes[0]) == padded);
    BOOST_TEST(std::string(reinterpret_cast<const char*>(bytes.data()) + 8, padded) == json + std::string(padded - json.size(), ' '));
}

BOOST_AUTO_TEST_CASE(moving_a_file_keeps_its_entries) {
    const std::vector<std::byte> bytes = file_of(R"({"w":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", 2);
    st::File first = st::File::parse(bytes, "x");
    const st::File second = std::move(first);
    BOOST_TEST(std::to_integer<int>(second.find("w")->data[1]) == 1);
}

BOOST_AUTO_TEST_CASE(an_empty_file_of_tensors_is_well_formed) {
    BOOST_TEST(st::File::parse(file_of("{}", 0), "x").entries().empty());
    BOOST_TEST(st::File::parse(file_of("{\"__metadata__\":{}}   ", 0), "x").metadata().empty());
}

BOOST_AUTO_TEST_CASE(every_malformed_file_is_refused_with_the_reason) {
    struct Case {
        std::vector<std::byte> bytes;
        std::string expected;
    };
    const auto tensor = [](std::string body) { return "{\"w\":{" + body + "}}"; };
    std::string huge = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF{}", hundred("\x01\xE1\xF5\x05\0\0\0\0{}", 10);
    const std::string two = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":)";
    const std::vector<Case> cases{
        {bytes_of(""), "expected at least 8 bytes, received 0"},
        {bytes_of("1234567"), "expected at least 8 bytes, received 7"},
        {bytes_of(huge), "header of at most 100000000 bytes, received 18446744073709551615"},
        {bytes_of(hundred), "header of at most 100000000 bytes, received 100000001"},
        {bytes_of(std::string("\x20\0\0\0\0\0\0\0{}", 10)), "its header ends at byte 40, the file at byte 10"},
        {file_of("", 0), "expected '{' as the first byte of the header, received its end"},
        {file_of(" {}", 0), "byte 0 of the header: expected '{' as the first byte of the header, received ' '"},
        {file_of("[]", 0), "expected '{' as the first byte of the header, received '['"},
        {file_of("{\"a\"", 0), "byte 4 of the header: expected ':', received its end"},
        {file_of("{} x", 0), "nothing but spaces behind the header's object, received 'x'"},
        {file_of(std::string("{}\0", 3), 0), "nothing but spaces behind the header's object, received byte 0"},
        {file_of("{'a':1}", 0), "expected a string, received '''"},
        {file_of("{\"\xC3\x28\":{}}", 0), "expected UTF-8 text, received byte 195"},
        {file_of("{\"\\ud800\":{}}", 0), "second half of a surrogate pair"},
        {file_of("{\"\\x\":{}}", 0), "an escape sequence of JSON, received 'x'"},
        {file_of("{\"w\":[[[[]]]]}", 0), "expected '{', received '['"},
        {file_of(two + "[4,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}", 12), "the name \"a\" appears twice"},
        {file_of("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0), "the key \"a\" appears twice in __metadata__"},
        {file_of("{\"__metadata__\":{\"epochs\":3}}", 0), "expected a string as the value of \"epochs\" in __metadata__, received '3'"},
        {file_of(tensor(R"("dtype":"F33","shape":[1],"data_offsets":[0,4])"), 4),
         "tensor \"w\": expected a type such as F32, F16 or I64, received \"F33\""},
        {file_of(tensor(R"("dtype":"F4","shape":[2],"data_offsets":[0,1])"), 1), "received \"F4\""},
        {file_of(tensor(R"("dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4])"), 4),
         "tensor \"w\": the key \"dtype\" appears twice"},
        {file_of(tensor(R"("dtype":"F32","data_offsets":[0,4])"), 4), "tensor \"w\": lacks shape"},
        {file_of(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4],"layout":"C")"), 4), "received the key \"layout\""},
        {file_of(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0])"), 4), "tensor \"w\": expected 2 data_offsets, received 1"},
        {file_of(tensor(R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])"), 4),
         "tensor \"w\": shape: expected integers from 0 to 2^64 - 1, received -1"},
        {file_of(tensor(R"("dtype":"F32","shape":[1.0],"data_offsets":[0,4])"), 4), "received 1.0"},
        {file_of(tensor(R"("dtype":"F32","shape":[01],"data_offsets":[0,4])"), 4), "received 01"},
        {file_of(tensor(R"("dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,4])"), 4), "received 18446744073709551616"},
        {file_of(tensor(R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4])"), 4),
         "expected a shape of less than 2^64 bytes, received (4294967296, 4294967296)"},
        {file_of(tensor(R"("dtype":"F32","shape":[2],"data_offsets":[0,4])"), 4), "F32 (2,): expected 8 bytes, received 4"},
        {file_of(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])"), 4), "expected offsets in order, received [4, 0]"},
        {file_of(tensor(R"("dtype":"F32","shape":[2],"data_offsets":[0,8])"), 4), "its data end at byte 8, the file's at byte 4"},
        {file_of(two + "[2,6]}}", 6), "tensor \"b\": expected its data to begin at byte 4, received 2: it overlaps"},
        {file_of(two + "[8,12]}}", 12), "tensor \"b\": expected its data to begin at byte 4, received 8: the bytes between"},
        {file_of(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[4,8])"), 8), "expected its data to begin at byte 0, received 4"},
        {file_of(two + "[4,8]}}", 9), "expected 8 bytes of data, received 9: the last belong to no tensor"},
    };
    for (const Case& c : cases) {
        const std::string received = refusal(c.bytes);
        BOOST_TEST(received.find(c.expected) != std::string::npos, "expected: " << c.expected << "\nreceived: " << received);
        BOOST_TEST(received.rfind("broken.safetensors: ", 0) == 0u);
    }
}

BOOST_AUTO_TEST_CASE(every_prefix_of_a_file_is_refused) {
    const std::string header = R"({"__metadata__":{"a":"\u00e9\ud83d\ude00"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
    const std::vector<std::byte> whole = file_of(header, 4);
    BOOST_TEST(refusal(whole) == "accepted");
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(refusal({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}) != "accepted");
}

BOOST_AUTO_TEST_CASE(the_header_reader_accepts_no_more_than_a_json_library) {
    // Random edits of a good header: what this reader accepts, nlohmann-json accepts with the same content.
    const std::string good = R"({"__metadata__":{"k\u00e9":"v\n"}, "w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]} ,)"
                             R"("b":{"dtype":"I8","shape":[],"data_offsets":[8,9]}})";
    const std::string alphabet = "{}[]\":,\\ 0123456789-.eEutrnabw\x7F\xC3\xA9\n";
    std::mt19937 random(1);
    int accepted = 0;
    for (int trial = 0; trial < 20000; ++trial) {
        std::string text = good;
        for (unsigned edits = random() % 3 + 1; edits > 0; --edits) {
            const std::size_t at = random() % text.size();
            const unsigned kind = random() % 3;
            if (kind == 0) text[at] = alphabet[random() % alphabet.size()];
            else if (kind == 1) text.erase(at, 1);
            else text.insert(at, 1, alphabet[random() % alphabet.size()]);
        }
        st::Header header;
        try {
            header = st::parse_header(text, "x");
        } catch (const weft::FileError&) {
            continue;
        }
        ++accepted;
        const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
        BOOST_REQUIRE_MESSAGE(!json.is_discarded(), text);
        BOOST_REQUIRE_EQUAL(json.size(), header.tensors.size() + (json.contains("__metadata__") ? 1 : 0));
        for (const st::Description& tensor : header.tensors) {
            BOOST_REQUIRE(json[tensor.name]["shape"] == nlohmann::json(tensor.shape));
            BOOST_REQUIRE(json[tensor.name]["data_offsets"][1] == tensor.end);
        }
        for (const auto& [key, value] : header.metadata) BOOST_REQUIRE_EQUAL(json["__metadata__"][key].get<std::string>(), value);
    }
    BOOST_TEST(accepted > 500);
}

BOOST_AUTO_TEST_CASE(a_json_library_reads_what_is_written) {
    st::Header header;
    std::string strange;
    for (int c = 1; c < 128; ++c) strange += static_cast<char>(c);
    header.metadata = {{strange, "ü€😀"}};
    header.tensors = {{strange, "F32", {2, 0}, 0, 0}};
    const std::string text = st::format_header(header);
    BOOST_TEST(text.size() % 8 == 0u);
    const nlohmann::json json = nlohmann::json::parse(text);
    BOOST_TEST(json["__metadata__"][strange] == "ü€😀");
    BOOST_TEST(st::parse_header(text, "x").tensors[0].name == strange);
}

BOOST_AUTO_TEST_CASE(floats_of_every_width_convert) {
    const auto read = [](std::string dtype, std::size_t size, std::vector<std::uint64_t> bits) {
        std::vector<std::byte> data;
        for (std::uint64_t word : bits)
            for (std::size_t i = 0; i < size; ++i) data.push_back(static_cast<std::byte>(word >> 8 * i));
        std::vector<double> values(bits.size());
        st::copy(st::Entry{"w", dtype, {bits.size()}, data}, std::span(values));
        return values;
    };
    BOOST_TEST((read("F16", 2, {0x3C00, 0xC000, 0x0001, 0x7BFF, 0x7C00, 0x0400}) ==
                std::vector<double>{1, -2, std::ldexp(1.0, -24), 65504, std::numeric_limits<double>::infinity(), std::ldexp(1.0, -14)}));
    BOOST_TEST(std::isnan(read("F16", 2, {0x7C01})[0]));
    BOOST_TEST((read("BF16", 2, {0x3F80, 0xC040}) == std::vector<double>{1, -3}));
    BOOST_TEST((read("F32", 4, {0x3F800000}) == std::vector<double>{1}));
    BOOST_TEST((read("F64", 8, {0x3FF8000000000000}) == std::vector<double>{1.5}));
}

BOOST_AUTO_TEST_CASE(conversions_that_lose_meaning_are_refused) {
    const std::vector<std::int64_t> big{1LL << 40};
    const std::vector<float> floats{1, 2};
    std::vector<std::int32_t> integers(1);
    std::vector<float> three(3), one(1);
    BOOST_CHECK_THROW(st::copy(st::entry<std::int64_t>("w", {1}, big), std::span(integers)), weft::FileError);
    BOOST_CHECK_THROW(st::copy(st::entry<std::int64_t>("w", {1}, big), std::span(one)), weft::FileError);
    BOOST_CHECK_EXCEPTION(st::copy(st::entry<float>("w", {2}, floats), std::span(three)), weft::ShapeError, [](const weft::ShapeError& e) {
        return std::string(e.what()) == "tensor \"w\": expected 3 numbers, received F32 (2,)";
    });
}

BOOST_AUTO_TEST_CASE(writing_nonsense_is_refused_and_writes_nothing) {
    Folder folder;
    const std::vector<float> one{1};
    const st::Entry good = st::entry<float>("w", {1}, one);
    BOOST_CHECK_THROW(st::write(folder / "a", {good, good}), weft::ValueError);
    BOOST_CHECK_THROW(st::write(folder / "a", {st::entry<float>("w", {2}, one)}), weft::ValueError);
    BOOST_CHECK_THROW(st::write(folder / "a", {st::entry<float>("__metadata__", {1}, one)}), weft::ValueError);
    BOOST_CHECK_THROW(st::write(folder / "a", {st::entry<float>("\xFF", {1}, one)}), weft::ValueError);
    BOOST_CHECK_THROW(st::write(folder / "a", {st::Entry{"w", "F31", {}, {}}}), weft::ValueError);
    BOOST_CHECK_THROW(st::write(folder / "a", {st::Entry{"w", "F32", {std::size_t{1} << 62, 4}, {}}}), weft::ValueError);
    BOOST_TEST(std::filesystem::is_empty(folder.path));
}

BOOST_AUTO_TEST_SUITE_END()
