// SPDX-License-Identifier: BSL-1.0
// List, CopyOnWriteList and Lists: what std::vector does, at compile time and at run time.
#include <string>

#include <boost/test/unit_test.hpp>

#include <weft/core/list.hpp>

using namespace weft;
using namespace weft::detail;

BOOST_AUTO_TEST_SUITE(core_list)

namespace {

constexpr int sum_of_squares(int n) {
    List<int> list;
    for (int i = 0; i < n; ++i) list.push_back(i * i);
    int sum = 0;
    for (int x : list) sum += x;
    return sum;
}

} // namespace

BOOST_AUTO_TEST_CASE(it_grows_while_the_compiler_evaluates) {
    static_assert(sum_of_squares(100) == 328350);
    BOOST_TEST(sum_of_squares(100) == 328350);
}

BOOST_AUTO_TEST_CASE(elements_with_destructors_are_copied_moved_and_destroyed) {
    List<std::string> a{"one", "two", "three"};
    a.push_back(a[0]);                                      // an element of its own, while it grows
    for (int i = 0; i < 20; ++i) a.push_back(a[0]);
    const List<std::string> b = a;
    a.erase(1);
    a.insert(0, "zero");
    BOOST_TEST(a[0] == "zero");
    BOOST_TEST(a[2] == "three");
    BOOST_TEST(a.size() == 24);
    BOOST_TEST(b[1] == "two");
    BOOST_TEST(a.pop_back() == "one");
    List<std::string> c = std::move(a);
    BOOST_TEST(c.size() == 23);
    c = b;
    BOOST_TEST(c.size() == 24);
    c.assign(2, "x");
    BOOST_TEST(c.back() == "x");
    c.clear();
    BOOST_TEST(c.empty());
}

BOOST_AUTO_TEST_CASE(a_view_is_copied_when_it_is_changed) {
    static constexpr int constants[] = {1, 2, 3};
    CopyOnWriteList<int> a(View<int>(constants, 3)), b = a;
    BOOST_TEST(a.borrowed());
    b.edit(1) = 7;
    BOOST_TEST(b[1] == 7);
    BOOST_TEST(a[1] == 2);
    BOOST_TEST(!b.borrowed());
    a.push_back(4);
    BOOST_TEST(a.size() == 4);
    BOOST_TEST(a.back() == 4);
    const CopyOnWriteList<int> c = a;                       // the copy reads its own elements
    a.edit(0) = 9;
    BOOST_TEST(c[0] == 1);
    const CopyOnWriteList<int> d = std::move(a);
    BOOST_TEST(d[0] == 9);
    BOOST_TEST(a.empty());
}

BOOST_AUTO_TEST_CASE(lists_by_key_keep_their_order) {
    Lists lists(2);
    lists.push_back(1, 10);
    lists.push_back(0, 20);
    lists.push_back(1, 30);
    lists.add_key();
    int sum = 0;
    for (int i = lists.first(1); i >= 0; i = lists.next(i)) sum = sum * 100 + lists[i];
    BOOST_TEST(sum == 1030);
    BOOST_TEST(lists.first(2) == -1);
    for (int i = 0; i < 300; ++i) {                         // both pools grow
        lists.add_key();
        lists.push_back(3 + i, i);
        lists.push_back(2, i);
    }
    int next = 0;
    bool right = lists.size() == 303 && lists[lists.first(1)] == 10;
    for (int i = lists.first(2); i >= 0; i = lists.next(i), ++next)
        right = right && lists[i] == next && lists[lists.first(3 + next)] == next;
    BOOST_TEST((right && next == 300));
}

BOOST_AUTO_TEST_CASE(zeros_are_zeros_again) {
    List<int> list(3, 7);
    list.assign_zeros(5);
    BOOST_TEST((list.size() == 5 && list[0] == 0 && list[4] == 0));
    list.assign(2, 7);
    list.assign(4, 0);                                      // not the first elements of this list
    BOOST_TEST((list.size() == 4 && list[0] == 0 && list[1] == 0 && list[3] == 0));
}

BOOST_AUTO_TEST_SUITE_END()
