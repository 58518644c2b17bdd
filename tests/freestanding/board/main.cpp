// SPDX-License-Identifier: BSL-1.0
// Runs the networks of ../mlp.cpp and ../gru.cpp on a Cortex-M4F in an emulator, and on the processor that compiles: both must print the
// same bits.
#include <cstdint>
#include <cstdio>
#include <cstring>

#ifdef __arm__
extern "C" __attribute__((naked)) void reset() {
    // Turns the floating-point unit on, which is off at reset.
    __asm volatile("ldr r0, =0xE000ED88\n ldr r1, [r0]\n orr r1, r1, #0xF00000\n str r1, [r0]\n dsb\n isb\n b _start\n");
}
__attribute__((section(".vectors"), used)) void (*const vectors[])() = {reinterpret_cast<void (*)()>(0x00300000), reset};
#endif

void control(const float* sensors, float* command);
float learn(const float* sensors, const float* commands, int rows);
float learn_without_memory(const float* sensors, const float* commands, int rows);
void forecast(const float* readings, float* next);
float learn_to_forecast(const float* readings, const float* next, int rows);

static void print(const char* name, float value) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    std::printf("%s %08lx\n", name, static_cast<unsigned long>(bits));
}

/// Sequences of a triangle wave and its neighbour, from which the next reading follows. Gives the last error.
static float train_forecast() {
    float readings[4 * 24], next[4], predicted = 0, loss = 0;
    for (int row = 0; row < 4; ++row) {
        const auto wave = [row](int t) { return static_cast<float>((t * (row + 1)) % 7) / 4.0f - 0.75f; };
        for (int t = 0; t < 12; ++t) readings[row * 24 + 2 * t] = wave(t), readings[row * 24 + 2 * t + 1] = wave(t + 2);
        next[row] = wave(12);
    }
    for (int i = 0; i < 150; ++i) {
        loss = learn_to_forecast(readings, next, i % 3 == 0 ? 3 : 4);
        if (i % 30 == 0) print("GRU", loss);
    }
    forecast(readings, &predicted);
    print("forecast", predicted);
    return loss;
}

int main() {
    float sensors[32], wanted[16], command[2];
    for (int i = 0; i < 32; ++i) sensors[i] = static_cast<float>((i * 37) % 64) / 32.0f - 1.0f;
    for (int i = 0; i < 8; ++i) {
        wanted[2 * i] = sensors[4 * i] * sensors[4 * i + 1];
        wanted[2 * i + 1] = sensors[4 * i + 2] - sensors[4 * i + 3];
    }
    control(sensors, command);
    print("untrained", command[0]);
    for (int i = 0; i < 20; ++i) print("SGD", learn_without_memory(sensors, wanted, 8));
    float loss = 0;
    for (int i = 0; i < 200; ++i) {
        loss = learn(sensors, wanted, 5 + i % 4);
        if (i % 40 == 0) print("Adam", loss);
    }
    control(sensors, command);
    print("trained", command[0]);
    print("trained", command[1]);
    const float error = train_forecast();
    std::puts(loss < 0.01f && error < 0.01f ? "learned" : "did not learn");
}
