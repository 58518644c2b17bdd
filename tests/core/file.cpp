// SPDX-License-Identifier: BSL-1.0
// Tests of whole-file input and output: contents, replacement, and what a failed write leaves behind.
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <filesystem>
#include <string>

#include <weft/core/file.hpp>

namespace {

std::string text_of(const std::vector<std::byte>& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("weft_core_file_" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string operator/(const char* name) const { return (path / name).string(); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(core_file)

BOOST_AUTO_TEST_CASE(reads_what_was_written) {
    Folder folder;
    std::string text(100000, 'x');
    text[5] = '\0';
    weft::write_file(folder / "a", text);
    BOOST_TEST(text_of(weft::read_file(folder / "a")) == text);
    weft::write_file(folder / "a", "");
    BOOST_TEST(weft::read_file(folder / "a").empty());
}

BOOST_AUTO_TEST_CASE(writing_leaves_no_other_file) {
    Folder folder;
    weft::write_file(folder / "a", "one");
    weft::write_file(folder / "a", "two");
    BOOST_TEST(text_of(weft::read_file(folder / "a")) == "two");
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}

BOOST_AUTO_TEST_CASE(a_failed_write_keeps_the_target_and_says_why) {
    Folder folder;
    std::filesystem::create_directories(folder.path / "target" / "inside");
    BOOST_CHECK_EXCEPTION(weft::write_file(folder / "target", "x"), weft::FileError, [](const weft::FileError& error) {
        return std::string(error.what()).find("target: cannot replace: ") != std::string::npos;
    });
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
    BOOST_CHECK_EXCEPTION(weft::write_file(folder / "absent/a", "x"), weft::FileError, [](const weft::FileError& error) {
        return std::string(error.what()).find("absent/a: cannot write: No such file") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(a_missing_file_and_a_folder_are_refused) {
    Folder folder;
    BOOST_CHECK_EXCEPTION(weft::read_file(folder / "absent"), weft::Error, [](const weft::Error& error) {
        return std::string(error.what()).find("absent: cannot open: No such file") != std::string::npos;
    });
    BOOST_CHECK_THROW(weft::read_file(folder.path.string()), weft::FileError);
}

BOOST_AUTO_TEST_CASE(messages_join_what_can_be_streamed) {
    BOOST_TEST(weft::message("x: expected ", 3, " received ", 2.5, '!') == "x: expected 3 received 2.5!");
    BOOST_TEST(weft::shape_text(std::vector<std::size_t>{8, 8, 1}) == "(8, 8, 1)");
    BOOST_TEST(weft::shape_text(std::vector<int>{3}) == "(3,)");
    BOOST_TEST(weft::shape_text(std::vector<int>{}) == "()");
}

BOOST_AUTO_TEST_SUITE_END()
