// SPDX-License-Identifier: BSL-1.0
// Arrays for what compilers evaluate: a constant evaluation of std::vector's push_back costs ten times as much as one of List's.
#pragma once
#include <initializer_list>
#include <memory>
#include <utility>

namespace weft::detail {

/// Elements that somebody else owns.
template <class T>
class View {
public:
    using value_type = T;
    using const_iterator = const T*;

    constexpr View() = default;
    constexpr View(const T* first, int count) : first_(first), count_(count) {}

    constexpr int size() const { return count_; }
    constexpr bool empty() const { return count_ == 0; }
    constexpr const T& operator[](int i) const { return first_[i]; }
    constexpr const T* data() const { return first_; }
    constexpr const T* begin() const { return first_; }
    constexpr const T* end() const { return first_ + count_; }

private:
    const T* first_ = nullptr;
    int count_ = 0;
};

template <class T>
class CopyOnWriteList;

/// A growing array, counted by int.
template <class T>
class List {
public:
    using value_type = T;
    using const_iterator = const T*;

    constexpr List() = default;
    constexpr explicit List(int count, const T& value = T{}) { assign(count, value); }
    constexpr explicit List(View<T> from) { append(from); }
    constexpr List(std::initializer_list<T> values) { append({values.begin(), static_cast<int>(values.size())}); }
    constexpr List(const List& other) { append(other); }
    constexpr List(List&& other) noexcept { swap(other); }
    constexpr List& operator=(List other) noexcept {
        swap(other);
        return *this;
    }
    constexpr ~List() { release(); }

    constexpr int size() const { return count_; }
    constexpr bool empty() const { return count_ == 0; }
    constexpr T& operator[](int i) { return items_[i]; }
    constexpr const T& operator[](int i) const { return items_[i]; }
    constexpr T& back() { return items_[count_ - 1]; }
    constexpr const T& back() const { return items_[count_ - 1]; }
    constexpr T* begin() { return items_; }
    constexpr T* end() { return items_ + count_; }
    constexpr const T* begin() const { return items_; }
    constexpr const T* end() const { return items_ + count_; }
    constexpr const T* data() const { return items_; }
    constexpr operator View<T>() const { return {items_, count_}; }

    constexpr void reserve(int capacity) {
        if (capacity > capacity_) grow(capacity);
    }
    constexpr void push_back(const T& value) {
        if (count_ == capacity_) {
            const T copy = value;                           // it may be an element of this list
            grow(count_ < 8 ? 16 : 2 * count_);
            put(count_, copy);
        } else if constexpr (plain) items_[count_] = value;
        else std::construct_at(items_ + count_, value);
        ++count_;
    }
    constexpr T pop_back() {
        T last = std::move(items_[--count_]);
        if constexpr (!std::is_trivially_destructible_v<T>) std::destroy_at(items_ + count_);
        return last;
    }
    constexpr void append(View<T> from) {
        if (const int needed = count_ + from.size(); needed > capacity_) grow(needed > 2 * count_ ? needed : 2 * count_);
        for (const T& x : from) put(count_++, x);
    }
    constexpr void assign(int count, const T& value) {
        clear();
        const bool fresh = capacity_ == 0;
        reserve(count);
        if constexpr (std::is_arithmetic_v<T>)
            if (fresh && value == T{}) {                    // new elements are zeros
                count_ = count;
                return;
            }
        const T copy = value;
        T* const items = items_;
        for (int i = 0; i < count; ++i) {
            if constexpr (plain) items[i] = copy;
            else std::construct_at(items + i, copy);
        }
        count_ = count;
    }
    /// Makes this `count` zeros, which an array of plain elements is from the start.
    constexpr void assign_zeros(int count)
        requires(std::is_trivially_default_constructible_v<T>)
    {
        List zeros;
        zeros.grow(count);
        zeros.count_ = count;
        swap(zeros);
    }
    constexpr void clear() { shrink(0); }
    /// Drops the elements from `count` on.
    constexpr void shrink(int count) {
        if constexpr (!std::is_trivially_destructible_v<T>)
            for (int i = count; i < count_; ++i) std::destroy_at(items_ + i);
        count_ = count;
    }
    constexpr void erase(int at) {
        for (int i = at + 1; i < count_; ++i) items_[i - 1] = std::move(items_[i]);
        pop_back();
    }
    constexpr void insert(int at, const T& value) {
        push_back(value);
        for (int i = count_ - 1; i > at; --i) std::swap(items_[i], items_[i - 1]);
    }
    constexpr void swap(List& other) noexcept {
        T* const items = items_;                    // without std::swap: calls are what evaluating costs
        const int count = count_, capacity = capacity_;
        items_ = other.items_;
        count_ = other.count_;
        capacity_ = other.capacity_;
        other.items_ = items;
        other.count_ = count;
        other.capacity_ = capacity;
    }

private:
    friend class CopyOnWriteList<T>;

    /// Numbers live in an array that exists as a whole: storing one is an assignment, which is what compilers evaluate quickest.
    static constexpr bool plain = std::is_trivially_default_constructible_v<T> && std::is_trivially_destructible_v<T>;

    constexpr void put(int i, const T& value) {
        if constexpr (plain) items_[i] = value;
        else std::construct_at(items_ + i, value);
    }
    constexpr void grow(int capacity) {
        List larger;
        const std::size_t size = static_cast<unsigned>(capacity);       // g++ warns of what a negative one would ask for
        if constexpr (plain) larger.items_ = new T[size]();
        else larger.items_ = std::allocator<T>{}.allocate(size);
        larger.capacity_ = capacity;
        for (int i = 0; i < count_; ++i) {
            if constexpr (plain) larger.items_[i] = items_[i];
            else std::construct_at(larger.items_ + i, std::move(items_[i]));
        }
        larger.count_ = count_;
        swap(larger);
    }
    constexpr void release() {
        if (items_ == nullptr) return;
        clear();
        if constexpr (plain) delete[] items_;
        else std::allocator<T>{}.deallocate(items_, static_cast<unsigned>(capacity_));
    }

    T* items_ = nullptr;
    int count_ = 0;
    int capacity_ = 0;
};

/// Lists of int by key, in one pool: a List of Lists costs an allocation each.
///
///     for (int i = lists.first(key); i >= 0; i = lists.next(i)) use(lists[i]);
class Lists {
public:
    constexpr explicit Lists(int keys) : keys_(keys) { ends_.assign(2 * (keys < 8 ? 8 : keys), 0); }

    constexpr void push_back(int key, int value) {
        const int at = ++count_;
        if (at >= capacity_) grow();
        link_[at].value = value;
        int* const end = ends_.begin() + 2 * key;
        if (end[1] == 0) end[0] = at;
        else link_[end[1]].next = at;
        end[1] = at;
    }
    constexpr void add_key() {
        if (2 * keys_ == ends_.size()) {
            List<int> more(2 * ends_.size(), 0);
            for (int i = 0; i < ends_.size(); ++i) more[i] = ends_[i];
            ends_.swap(more);
        }
        ++keys_;
    }
    constexpr int size() const { return keys_; }
    constexpr int first(int key) const { return ends_.data()[2 * key] - 1; }
    constexpr int next(int i) const { return link_[i + 1].next - 1; }
    constexpr int operator[](int i) const { return link_[i + 1].value; }

    Lists(const Lists&) = delete;
    Lists& operator=(const Lists&) = delete;

private:
    struct Link {
        int value, next;
    };
    constexpr void grow() {
        List<Link> more;
        more.assign_zeros(capacity_ < 32 ? 64 : 2 * capacity_);
        Link* const to = more.begin();
        for (int i = 1; i < count_; ++i) to[i] = link_[i];
        capacity_ = more.size();
        links_.swap(more);
        link_ = to;
    }

    List<int> ends_;                        // by key: the first and the last link, counted from 1 (new elements are zeros); 0: none
    List<Link> links_;
    Link* link_ = nullptr;                  // into it
    int keys_ = 0, count_ = 0, capacity_ = 0;
};

/// A List that may begin as a view of constants: it copies them when it is changed for the first time. Elements are changed by `edit`.
/// (It repeats what View and List do: a call less for every element that a pass reads.)
template <class T>
class CopyOnWriteList {
public:
    using value_type = T;
    using const_iterator = const T*;

    constexpr CopyOnWriteList() = default;
    /// Reads `constants`, which must outlive every copy.
    constexpr explicit CopyOnWriteList(View<T> constants) : first_(constants.data()), count_(constants.size()), borrowed_(true) {}
    constexpr CopyOnWriteList(List<T> list) : own_(std::move(list)), first_(own_.items_), count_(own_.count_) {}
    constexpr CopyOnWriteList(const CopyOnWriteList& other)
        : own_(other.own_), first_(other.borrowed_ ? other.first_ : own_.items_), count_(other.count_), borrowed_(other.borrowed_) {}
    constexpr CopyOnWriteList(CopyOnWriteList&& other) noexcept
        : own_(std::move(other.own_)), first_(other.first_), count_(other.count_), borrowed_(other.borrowed_) {
        other.clear();
    }
    constexpr CopyOnWriteList& operator=(CopyOnWriteList other) noexcept {
        own_.swap(other.own_);
        first_ = other.first_;
        count_ = other.count_;
        borrowed_ = other.borrowed_;
        return *this;
    }

    constexpr int size() const { return count_; }
    constexpr bool empty() const { return count_ == 0; }
    constexpr bool borrowed() const { return borrowed_; }
    constexpr const T& operator[](int i) const { return first_[i]; }
    constexpr const T& back() const { return first_[count_ - 1]; }
    constexpr const T* data() const { return first_; }
    constexpr const T* begin() const { return first_; }
    constexpr const T* end() const { return first_ + count_; }
    constexpr operator View<T>() const { return {first_, count_}; }

    constexpr T& edit(int i) {
        if (borrowed_) own();
        return own_.items_[i];
    }
    constexpr void push_back(const T& value) {
        if (borrowed_) own();
        own_.push_back(value);
        first_ = own_.items_;
        ++count_;
    }
    constexpr T pop_back() {
        if (borrowed_) own();
        --count_;
        return own_.pop_back();
    }
    constexpr void shrink(int count) {
        if (borrowed_) own();
        own_.shrink(count);
        count_ = own_.count_;
    }
    constexpr void reserve(int capacity) {
        if (borrowed_) own();
        own_.reserve(capacity);
        first_ = own_.items_;
    }
    constexpr void clear() {
        own_.clear();
        first_ = own_.items_;
        count_ = 0;
        borrowed_ = false;
    }

private:
    constexpr void own() {
        const View<T> constants(first_, count_);
        own_.reserve(count_ + count_ / 4 + 16);
        own_.append(constants);
        first_ = own_.items_;
        borrowed_ = false;
    }

    List<T> own_;
    const T* first_ = nullptr;
    int count_ = 0;
    bool borrowed_ = false;
};

} // namespace weft::detail
