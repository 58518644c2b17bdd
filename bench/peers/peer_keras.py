# SPDX-License-Identifier: BSL-1.0
"""Keras on TensorFlow: its own train_on_batch and fit; and TensorFlow as it is used without them, one tf.function per step."""
import os
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers as K  # noqa: E402


def weft_names(model):
    """Keras' automatic names as they are in a network of its own: dense, dense_1, conv2d."""
    counts, names = {}, {}
    for layer in model.layers:
        kind = {K.Dense: "dense", K.Conv2D: "conv2d"}.get(type(layer))
        if kind is None:
            continue
        names[layer] = f"{kind}_{counts[kind]}" if kind in counts else kind
        counts[kind] = counts.get(kind, 0) + 1
    return names


class Keras:
    jit = "auto"

    def __init__(self, case, threads):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        keras.utils.set_random_seed(0)
        self.case, self.next_batch = case, 0
        self.loss = (keras.losses.MeanSquaredError() if case.loss == "mean_squared_error"
                     else keras.losses.SparseCategoricalCrossentropy(from_logits=True))

    def layers(self):
        for kind, *arguments in self.case.layers:
            if kind == "conv2d":
                yield K.Conv2D(arguments[0], arguments[1], padding=arguments[2])
            elif kind in ("relu", "tanh"):
                yield K.Activation(kind)
            else:
                yield {"dense": K.Dense, "max_pooling2d": K.MaxPooling2D, "flatten": K.Flatten, "dropout": K.Dropout}[kind](*arguments)

    def build(self):
        self.next_batch = 0
        self.model = keras.Sequential([K.Input(self.case.input), *self.layers()])
        self.optimizer = keras.optimizers.Adam()
        self.optimizer.build(self.model.trainable_variables)
        self.model.compile(optimizer=self.optimizer, loss=self.loss, jit_compile=self.jit)
        self.make_step()

    def make_step(self):
        pass

    def take_batches(self, x, y):
        self.batches = [(tf.constant(x), tf.constant(y)) for x, y in zip(x, y)]

    def take_fit_data(self, *arrays):
        self.data = arrays

    def prepare(self):
        self.build()
        self.parameter_count = self.model.count_params()
        self.run(1 if self.case.whole_fit else len(self.batches))

    def load(self, path):
        """x (batches, batch, ...), y and parameters in Keras' layouts under Keras' names; the optimizer starts anew."""
        from safetensors.numpy import load_file
        tensors = load_file(path)
        self.take_batches(tensors["x"], tensors["y"])
        self.build()
        for layer, name in weft_names(self.model).items():
            layer.set_weights([tensors[name + "/kernel"], tensors[name + "/bias"]])
        return len(self.batches)

    def run(self, count):
        """count steps; the last loss. The case digits: a fit of count epochs; the accuracy on the test part."""
        if self.case.whole_fit:
            return self.fit(count)
        for _ in range(count):
            x, y = self.batches[self.next_batch]
            self.next_batch = (self.next_batch + 1) % len(self.batches)
            loss = self.step(x, y)
        return float(loss)

    def step(self, x, y):
        # train_on_batch returns the mean since the metrics were last reset: only then is it the loss of this batch.
        self.model.reset_metrics()
        return self.model.train_on_batch(x, y)

    def fit(self, epochs):
        self.build()
        x, y, test_x, test_y = self.data
        self.model.fit(x, y, batch_size=self.case.batch, epochs=epochs, verbose=0)
        return float((self.model.predict(test_x, verbose=0, batch_size=len(test_x)).argmax(1) == test_y).mean())


class TensorFlow(Keras):
    """The faster of plain and XLA-compiled, by trial at the start."""

    def make_step(self):
        @tf.function(jit_compile=self.jit)
        def step(x, y):
            with tf.GradientTape() as tape:
                loss = self.loss(y, self.model(x, training=True))
            self.optimizer.apply(tape.gradient(loss, self.model.trainable_variables), self.model.trainable_variables)
            return loss
        self.compiled_step = step

    def step(self, x, y):
        return self.compiled_step(x, y)

    def prepare(self):
        best = {}
        for self.jit in (False, True):
            self.build()
            self.run(1 if self.case.whole_fit else len(self.batches))
            for _ in range(1 if self.case.whole_fit else 3):
                start = time.perf_counter()
                self.run(1 if self.case.whole_fit else 20)
                best[self.jit] = min(best.get(self.jit, 1e9), time.perf_counter() - start)
        self.jit = min(best, key=best.get)
        print(f"tensorflow {tf.__version__}: {'XLA' if self.jit else 'plain'}", file=sys.stderr)
        super().prepare()

    def fit(self, epochs):
        self.build()
        x, y, test_x, test_y = self.data
        rows = tf.data.Dataset.from_tensor_slices((x, y)).cache().shuffle(len(x), seed=0).batch(self.case.batch).prefetch(1)
        for _ in range(epochs):
            for x, y in rows:
                self.step(x, y)
        return float((self.model(test_x, training=False).numpy().argmax(1) == test_y).mean())
