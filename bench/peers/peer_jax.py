# SPDX-License-Identifier: BSL-1.0
"""JAX: one jit call a step, and many steps inside one call (a loop in XLA: what JAX reaches when Python is out of the way)."""
import os

os.environ["JAX_PLATFORMS"] = "cpu"
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402


class Jax:
    def __init__(self, case, threads):
        del threads  # XLA takes the processors that the process may use
        self.case = case

    def initial(self):
        """Parameters by name, Glorot's range; the names are Keras' automatic ones."""
        r, shape, counts, parameters = np.random.RandomState(0), self.case.input, {}, {}
        for kind, *arguments in self.case.layers:
            if kind == "max_pooling2d":
                shape = (shape[0] // arguments[0], shape[1] // arguments[0], shape[2])
            elif kind == "flatten":
                shape = (int(np.prod(shape)),)
            if kind not in ("dense", "conv2d"):
                continue
            kernel = (shape[-1], arguments[0]) if kind == "dense" else (arguments[1], arguments[1], shape[-1], arguments[0])
            if kind == "conv2d" and arguments[2] == "valid":
                shape = (shape[0] - arguments[1] + 1, shape[1] - arguments[1] + 1)
            shape = shape[:-1] + (arguments[0],) if kind == "dense" else shape[:2] + (arguments[0],)
            name = f"{kind}_{counts[kind]}" if kind in counts else kind
            counts[kind] = counts.get(kind, 0) + 1
            limit = np.sqrt(6.0 / (np.prod(kernel[:-2]) * (kernel[-2] + kernel[-1])))
            parameters[name + "/kernel"] = jnp.asarray(r.uniform(-limit, limit, kernel), jnp.float32)
            parameters[name + "/bias"] = jnp.zeros(arguments[0], jnp.float32)
        return parameters

    def apply(self, parameters, x, key=None):
        """The logits; with a key, dropout drops."""
        counts = {}
        for kind, *arguments in self.case.layers:
            name = f"{kind}_{counts[kind]}" if kind in counts else kind
            counts[kind] = counts.get(kind, 0) + 1
            if kind == "dense":
                x = x @ parameters[name + "/kernel"] + parameters[name + "/bias"]
            elif kind == "conv2d":
                x = jax.lax.conv_general_dilated(x, parameters[name + "/kernel"], (1, 1), arguments[2].upper(),
                                                 dimension_numbers=("NHWC", "HWIO", "NHWC")) + parameters[name + "/bias"]
            elif kind == "max_pooling2d":
                window = (1, arguments[0], arguments[0], 1)
                x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, window, "VALID")
            elif kind == "flatten":
                x = x.reshape(len(x), -1)
            elif kind == "dropout":
                if key is not None:
                    kept = jax.random.bernoulli(key, 1.0 - arguments[0], x.shape)
                    x = jnp.where(kept, x / (1.0 - arguments[0]), 0.0)
            else:
                x = {"relu": jax.nn.relu, "tanh": jnp.tanh}[kind](x)
        return x

    def loss(self, parameters, x, y, key):
        output = self.apply(parameters, x, key)
        if self.case.loss == "mean_squared_error":
            return jnp.mean((output - y) ** 2)
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(output), y[:, None], 1))

    def step(self, state, x, y):
        """Adam as Keras writes it."""
        parameters, m, v, count, key = state
        key, dropout_key = jax.random.split(key) if self.case.whole_fit else (key, None)
        loss, gradient = jax.value_and_grad(self.loss)(parameters, x, y, dropout_key)
        count += 1
        rate = 1e-3 * jnp.sqrt(1.0 - 0.999**count) / (1.0 - 0.9**count)
        m = jax.tree.map(lambda m, g: m + 0.1 * (g - m), m, gradient)
        v = jax.tree.map(lambda v, g: v + 0.001 * (g * g - v), v, gradient)
        parameters = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-7), parameters, m, v)
        return (parameters, m, v, count, key), loss

    def restart(self, parameters):
        zeros = jax.tree.map(jnp.zeros_like, parameters)
        self.state = (parameters, zeros, jax.tree.map(jnp.zeros_like, parameters), jnp.zeros((), jnp.float32), jax.random.key(0))
        self.next_batch = 0

    def take_batches(self, x, y):
        self.x, self.y = jnp.asarray(x), jnp.asarray(y)
        self.batches = list(zip(self.x, self.y))

    def take_fit_data(self, *arrays):
        self.data = arrays

    def prepare(self):
        self.compiled_step = jax.jit(self.step, donate_argnums=0)
        self.restart(self.initial())
        self.parameter_count = sum(parameter.size for parameter in self.state[0].values())
        self.run(1 if self.case.whole_fit else len(self.batches))

    def load(self, path):
        """x (batches, batch, ...), y and parameters in Keras' layouts under Keras' names; the optimizer starts anew."""
        from safetensors.numpy import load_file
        tensors = load_file(path)
        self.take_batches(tensors.pop("x"), tensors.pop("y"))
        self.restart({name: jnp.asarray(tensors[name]) for name in self.initial()})
        return len(self.batches)

    def run(self, count):
        """count steps; the last loss. The case digits: a fit of count epochs; the accuracy on the test part."""
        if self.case.whole_fit:
            return self.fit(count)
        for _ in range(count):
            self.state, loss = self.compiled_step(self.state, *self.batches[self.next_batch])
            self.next_batch = (self.next_batch + 1) % len(self.batches)
        return float(jax.block_until_ready(loss))

    def fit(self, epochs):
        self.restart(self.initial())
        x, y, test_x, test_y = self.data
        r = np.random.RandomState(0)
        for _ in range(epochs):
            order = r.permutation(len(x))
            for begin in range(0, len(x), self.case.batch):
                rows = order[begin:begin + self.case.batch]
                self.state, _ = self.compiled_step(self.state, x[rows], y[rows])
        return float((np.asarray(self.apply(self.state[0], test_x)).argmax(1) == test_y).mean())


class JaxScan(Jax):
    def prepare(self):
        if self.case.whole_fit:
            raise ValueError("jax_scan makes steps; a whole fit is what jax is for")
        self.compiled_steps = jax.jit(self.steps, donate_argnums=0)
        super().prepare()

    def steps(self, state, x, y, first, count):
        def body(i, carry):
            batch = (first + i) % len(x)
            return self.step(carry[0], x[batch], y[batch])
        return jax.lax.fori_loop(0, count, body, (state, jnp.zeros((), jnp.float32)))

    def run(self, count):
        self.state, loss = self.compiled_steps(self.state, self.x, self.y, self.next_batch, count)
        self.next_batch = (self.next_batch + count) % len(self.x)
        return float(jax.block_until_ready(loss))
