// SPDX-License-Identifier: BSL-1.0
// Tests of tables from text files, and of the digits that come with Weft.
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <weft/core/file.hpp>
#include <weft/data/csv.hpp>
#include <weft/data/digits.hpp>

namespace data = weft::data;

namespace {

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("weft_data_csv_" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string operator/(const char* name) const { return (path / name).string(); }
};

data::Csv parse(std::string_view text, const data::CsvOptions& options = {}) {
    Folder folder;
    weft::write_file(folder / "t.csv", text);
    return data::csv(folder / "t.csv", options);
}

std::string refusal(std::string_view text, const data::CsvOptions& options = {}) {
    try {
        parse(text, options);
    } catch (const weft::FileError& error) {
        const std::string what = error.what();
        return what.substr(what.find("t.csv"));
    }
    return "accepted";
}

} // namespace

BOOST_AUTO_TEST_SUITE(data_csv)

BOOST_AUTO_TEST_CASE(numbers_names_and_categories_are_told_apart) {
    const data::Csv t = parse("\xEF\xBB\xBFlength, width ,species\r\n5.1,+3e0,setosa\r\n\r\n-4.9,.5,\"iris, \"\"new\"\"\"\n6,7,setosa");
    BOOST_TEST(t.rows() == 3u);
    BOOST_TEST((t.names == std::vector<std::string>{"length", "width", "species"}));
    BOOST_TEST(t.values(1, 0) == -4.9);
    BOOST_TEST(t.values(0, 1) == 3.0);
    BOOST_TEST(t.categories[0].empty());
    BOOST_TEST((t.categories[2] == std::vector<std::string>{"iris, \"new\"", "setosa"}));
    BOOST_TEST((t.column<int>("species") == xt::xtensor<int, 1>{1, 0, 1}));
    BOOST_TEST((t.column<int>(-1) == t.column<int>("species")));
    BOOST_TEST((t.without("species") == xt::xtensor<float, 2>{{5.1f, 3}, {-4.9f, .5f}, {6, 7}}));
    BOOST_TEST((t.without(0)(0, 0) == 3.f));
}

BOOST_AUTO_TEST_CASE(options_say_what_cannot_be_guessed) {
    BOOST_TEST(parse("a;b\n1;2\n", {.separator = ';'}).values(0, 1) == 2.0);
    BOOST_TEST(parse("1,2\n3,4\n", {.header = true}).names[1] == "2");
    BOOST_TEST(parse("x\ny\nx\n", {.header = false}).rows() == 3u);
    BOOST_TEST(parse("# made by hand\n1,2\n", {.skip_lines = 1}).values(0, 0) == 1.0);
    BOOST_TEST(std::isnan(parse("1,2\n3,\n", {.missing = std::nan("")}).values(1, 1)));
}

BOOST_AUTO_TEST_CASE(mistakes_are_named_by_line_and_column) {
    BOOST_TEST(refusal("a,b\n1,2\n3,x\n") == "t.csv, line 3, column 2 (b): expected a number, received \"x\"");
    BOOST_TEST(refusal("1,2\n\n3,\n") == "t.csv, line 3, column 2: expected a number, received an empty cell");
    BOOST_TEST(refusal("1,2\n3\n") == "t.csv, line 2, column 2: expected 2 cells, received 1");
    BOOST_TEST(refusal("1,2\n3,4,5\n") == "t.csv, line 2, column 3: expected 2 cells, received 3");
    BOOST_TEST(refusal("a\n\"x\ny\"\n\"z") == "t.csv, line 4, column 1: a quote is never closed");
    BOOST_TEST(refusal("\"x\"y,2\n") == "t.csv, line 1, column 1: expected a separator after a quote, received 'y'");
    BOOST_TEST(refusal("") == "t.csv: expected a table, received no row");
    BOOST_TEST(refusal("a,b\n") == "t.csv: expected a table, received no row");
    BOOST_CHECK_THROW(data::csv("/absent/t.csv"), weft::FileError);
    BOOST_CHECK_THROW(parse("1\n").column("a"), weft::ValueError);
    BOOST_CHECK_THROW(parse("1\n").column(1), weft::ValueError);
}

BOOST_AUTO_TEST_CASE(damaged_compressed_files_are_refused) {
    Folder folder;
    std::vector<std::byte> bytes = weft::read_file(data::find_file("digits.csv.gz"));
    bytes.resize(bytes.size() / 2);
    weft::write_file(folder / "t.csv.gz", std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    BOOST_CHECK_THROW(data::csv(folder / "t.csv.gz"), weft::FileError);
}

BOOST_AUTO_TEST_CASE(digits_are_images_from_0_to_1_and_their_labels) {
    const auto digits = data::digits();
    BOOST_TEST(weft::shape_text(digits.x.shape()) == "(1797, 8, 8, 1)");
    BOOST_TEST(*std::max_element(digits.x.begin(), digits.x.end()) == 1.f);
    BOOST_TEST(*std::min_element(digits.x.begin(), digits.x.end()) == 0.f);
    BOOST_TEST(digits.x(0, 0, 2, 0) == 5.f / 16);
    BOOST_TEST(digits.y(0) == 0);
    BOOST_TEST(std::count(digits.y.begin(), digits.y.end(), 3) == 183);
    BOOST_TEST(digits.split(0.2f).second.size() == 359u);
}

BOOST_AUTO_TEST_CASE(the_environment_names_the_first_folder_and_a_missing_file_lists_them_all) {
    Folder folder;
    ::setenv("WEFT_DATA_DIR", folder.path.c_str(), 1);
    weft::write_file(folder / "digits.csv.gz", "1,2\n");
    BOOST_CHECK_EXCEPTION(data::digits(), weft::FileError, [](const weft::FileError& error) {
        return std::string(error.what()).find("expected 64 pixels and a label in each line, received 2 cells") != std::string::npos;
    });
    BOOST_CHECK_EXCEPTION(data::find_file("absent.csv"), weft::FileError, [&](const weft::FileError& error) {
        const std::string what = error.what();
        return what.find("\n  " + folder.path.string() + "\n") != std::string::npos && what.find("WEFT_DATA_DIR") != std::string::npos &&
               what.find("/usr/share/weft") != std::string::npos;
    });
    ::unsetenv("WEFT_DATA_DIR");
}

BOOST_AUTO_TEST_SUITE_END()
