// SPDX-License-Identifier: BSL-1.0
// The other side of a benchmark: a peer framework behind a pipe (bench/peers), which takes turns with us on the same processor.
#pragma once
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <sched.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

/// Binds this process, and what it starts, to one processor: the last one that it may use.
inline int pin_to_one_processor() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return -1;
    int last = -1;
    for (int i = 0; i < CPU_SETSIZE; ++i)
        if (CPU_ISSET(i, &allowed)) last = i;
    CPU_ZERO(&allowed);
    if (last >= 0) CPU_SET(last, &allowed);
    return last >= 0 && sched_setaffinity(0, sizeof allowed, &allowed) == 0 ? last : -1;
}

/// The folder bench/ of the source tree.
inline std::filesystem::path bench_folder() { return std::filesystem::path(__FILE__).parent_path().parent_path(); }

/// A process of bench/peers/peers.py on one case.  Throws std::runtime_error with what it answered when it cannot.
class Peer {
public:
    Peer(const std::string& framework, const std::string& name) {
        int to[2], from[2];
        if (pipe(to) != 0 || pipe(from) != 0) throw std::runtime_error("no pipe to the peer");
        child_ = fork();
        if (child_ == 0) {
            dup2(to[0], 0);
            dup2(from[1], 1);
            for (int f : {to[0], to[1], from[0], from[1]}) close(f);
            const std::string python = bench_folder() / "peers/python", script = bench_folder() / "peers/peers.py";
            execl(python.c_str(), python.c_str(), script.c_str(), framework.c_str(), name.c_str(), "1", static_cast<char*>(nullptr));
            _exit(127);
        }
        close(to[0]);
        close(from[1]);
        out_ = fdopen(to[1], "w");
        in_ = fdopen(from[0], "r");
        std::signal(SIGPIPE, SIG_IGN);
        read("ready ");
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() {
        std::fputs("quit\n", out_);
        std::fclose(out_);
        std::fclose(in_);
        waitpid(child_, nullptr, 0);
    }

    void load(const std::string& file) {
        ask("load " + file);
        read("loaded ");
    }
    struct Result {
        double seconds, value;
    };
    /// `count` training steps: the time they took and the last loss.
    Result run(int count) {
        ask("run " + std::to_string(count));
        const std::string answer = read("");
        Result r{};
        if (std::sscanf(answer.c_str(), "%lf %lf", &r.seconds, &r.value) != 2) throw std::runtime_error("the peer answered: " + answer);
        return r;
    }

private:
    void ask(const std::string& line) {
        std::fprintf(out_, "%s\n", line.c_str());
        std::fflush(out_);
    }
    std::string read(const std::string& expected) {
        char line[1024];
        if (std::fgets(line, sizeof line, in_) == nullptr) throw std::runtime_error("the peer ended: see its messages above");
        std::string answer = line;
        if (!answer.starts_with(expected)) throw std::runtime_error("the peer answered: " + answer);
        return answer;
    }
    pid_t child_ = -1;
    std::FILE *out_ = nullptr, *in_ = nullptr;
};

} // namespace bench
