// SPDX-License-Identifier: BSL-1.0
// Reads the golden numbers of this folder for tests; independent of Weft, whose own reader is under test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace golden {

/// A tensor of golden numbers: reals and integers alike as doubles, row-major.
struct Tensor {
    std::vector<std::size_t> shape;
    std::vector<double> values;
    bool integer = false;
};

/// One file, e.g. `golden::File layers{"layers"}; layers["dense/kernel"].values`.
class File {
public:
    explicit File(const std::string& part) : path_{std::filesystem::path{__FILE__}.parent_path() / (part + ".safetensors")} {
        std::ifstream stream{path_, std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
        std::uint64_t size = 0;
        if (bytes.size() < sizeof size) throw std::runtime_error{"no golden numbers in " + path_.string()};
        std::memcpy(&size, bytes.data(), sizeof size);
        const char* data = bytes.data() + sizeof size + size;
        const nlohmann::json header = nlohmann::json::parse(bytes.substr(sizeof size, size));
        for (const auto& [name, entry] : header.items()) {
            if (name == "__metadata__") {
                spellings_ = entry.get<std::map<std::string, std::string>>();
                continue;
            }
            const char* from = data + entry["data_offsets"][0].get<std::size_t>();
            const char* to = data + entry["data_offsets"][1].get<std::size_t>();
            tensors_[name] = {entry["shape"].get<std::vector<std::size_t>>(),
                              entry["dtype"] == "F64" ? convert<double>(from, to) : convert<std::int32_t>(from, to),
                              entry["dtype"] != "F64"};
        }
    }

    bool contains(const std::string& name) const { return tensors_.contains(name); }

    const Tensor& operator[](const std::string& name) const {
        const auto found = tensors_.find(name);
        if (found == tensors_.end()) throw std::runtime_error{"no tensor " + name + " in " + path_.string()};
        return found->second;
    }

    /// All cases, each with its Weft spelling: for a test that wants to be sure of having covered them.
    const std::map<std::string, std::string>& cases() const { return spellings_; }

    /// All tensors of a case, by what they are: `initial/dense/kernel` for `mlp_adam_keras/initial/dense/kernel`.
    std::map<std::string, Tensor> of(const std::string& name) const {
        std::map<std::string, Tensor> result;
        for (auto at = tensors_.lower_bound(name + '/'); at != tensors_.end() && at->first.starts_with(name + '/'); ++at)
            result.emplace(at->first.substr(name.size() + 1), at->second);
        return result;
    }

private:
    template <class T>
    static std::vector<double> convert(const char* from, const char* to) {
        std::vector<double> values;
        for (; from != to; from += sizeof(T)) {
            T value;
            std::memcpy(&value, from, sizeof value);
            values.push_back(static_cast<double>(value));
        }
        return values;
    }

    std::filesystem::path path_;
    std::map<std::string, std::string> spellings_;
    std::map<std::string, Tensor> tensors_;
};

}  // namespace golden
