# SPDX-License-Identifier: BSL-1.0
"""Training steps with several losses in PyTorch, in double: 100 steps on 64 rows, batches of 16 in order; noise comes in as a column.

Each case holds column/0, column/1 ... (64, ...), the numbers that a step measures as metric/NAME (100), and initial/NAME and final/NAME for
each parameter in Weft's layout under Weft's name. The parameters are plain tensors, so that the names are those of the case.
"""
import numpy as np
import torch
from torch.nn.functional import softplus

from golden_file import random

ROWS, BATCH, STEPS = 64, 16, 100


class Store(dict):
    """Parameters by name."""

    def dense(self, name, x):
        return x @ self[name + "/kernel"] + self[name + "/bias"]

    def chain(self, name, x, layers, activation=torch.tanh):
        """Dense layers with an activation between them, named as in a Sequential."""
        for i in range(layers):
            x = self.dense(f"{name}/dense" + (f"_{i}" if i > 0 else ""), x)
            x = activation(x) if i + 1 < layers else x
        return x

    def below(self, prefix):
        return [tensor for name, tensor in self.items() if name.startswith(prefix)]


def store(case, *chains):
    """Random parameters of chains, each a prefix and the sizes of its layers."""
    r, parameters = random(case + " initial"), Store()
    for prefix, sizes in chains:
        for i, (rows, columns) in enumerate(zip(sizes, sizes[1:])):
            name = f"{prefix}/dense" + (f"_{i}" if i > 0 else "")
            limit = np.sqrt(6.0 / (rows + columns))
            parameters[name + "/kernel"] = torch.tensor(r.uniform(-limit, limit, (rows, columns)), requires_grad=True)
            parameters[name + "/bias"] = torch.tensor(r.uniform(-0.1, 0.1, (columns,)), requires_grad=True)
    return parameters


def minimize(optimizer, parameters, loss):
    """One update of these parameters alone: others, through which the loss goes, keep no gradient."""
    gradients = torch.autograd.grad(loss, parameters)
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = gradient
    optimizer.step()
    return loss.item()


def logits_loss(logits, target):
    return (softplus(logits) - target * logits).mean()


def gan():
    """A judge and a generator, updated one after the other; the second sees the updated first."""
    p = store("gan", ("judge", (3, 8, 1)), ("generate", (4, 8, 3)))
    judge, generate = p.below("judge/"), p.below("generate/")
    judge_adam = torch.optim.Adam(judge, lr=0.01, foreach=False)
    generate_adam = torch.optim.Adam(generate, lr=0.02, foreach=False)

    def step(real, z):
        fake = p.chain("generate", z, 2)
        loss = logits_loss(p.chain("judge", real, 2), 1) + logits_loss(p.chain("judge", fake.detach(), 2), 0)
        judge_loss = minimize(judge_adam, judge, loss)
        # The activations of `fake` are those of before the update: it concerns the judge alone.
        generate_loss = minimize(generate_adam, generate, logits_loss(p.chain("judge", fake, 2), 1))
        return {"judge_loss": judge_loss, "generate_loss": generate_loss, "fake": torch.sigmoid(p.chain("judge", fake, 2)).mean().item()}

    r = random("gan")
    return p, step, [r.standard_normal((ROWS, 3)) * 0.5 + 1.0, r.standard_normal((ROWS, 4))]


def vae():
    """An encoder of two outputs and a decoder, with noise between them."""
    p = store("vae", ("encode", (5, 8)), ("mean", (8, 2)), ("log_variance", (8, 2)), ("decode", (2, 8, 5)))
    adam = torch.optim.Adam(p.values(), lr=0.01, foreach=False)

    def step(x, noise):
        h = torch.tanh(p.dense("encode/dense", x))
        mean, log_variance = p.dense("mean/dense", h), p.dense("log_variance/dense", h)
        y = p.chain("decode", mean + torch.exp(0.5 * log_variance) * noise, 2)
        reconstruction = ((y - x) ** 2).sum(-1)
        kl = -0.5 * (1 + log_variance - mean ** 2 - torch.exp(log_variance)).sum(-1)
        loss = minimize(adam, list(p.values()), (reconstruction + kl).mean())
        return {"loss": loss, "reconstruction": reconstruction.mean().item(), "kl": kl.mean().item()}

    r = random("vae")
    return p, step, [r.standard_normal((ROWS, 5)) * (1.0 + np.arange(5)), r.standard_normal((ROWS, 2))]


def wgan():
    """Two updates of the critic, with a gradient penalty, then one of the generator."""
    p = store("wgan", ("critic", (3, 8, 1)), ("generate", (4, 8, 3)))
    critic, generate = p.below("critic/"), p.below("generate/")
    sgd, adam = torch.optim.SGD(critic, lr=0.01, foreach=False), torch.optim.Adam(generate, lr=0.01, foreach=False)

    def step(real, z, alpha):
        fake = p.chain("generate", z, 2)
        losses = []
        for _ in range(2):
            mixed = (alpha * real + (1 - alpha) * fake.detach()).requires_grad_()
            slope = torch.autograd.grad(p.chain("critic", mixed, 2).sum(), mixed, create_graph=True)[0]
            penalty = (torch.sqrt((slope ** 2).sum(-1) + 1e-12) - 1) ** 2
            distance = p.chain("critic", fake.detach(), 2).mean() - p.chain("critic", real, 2).mean()
            losses.append(minimize(sgd, critic, distance + 10 * penalty.mean()))
        generate_loss = minimize(adam, generate, -p.chain("critic", fake, 2).mean())
        return {"critic_loss_0": losses[0], "critic_loss_1": losses[1], "generate_loss": generate_loss}

    r = random("wgan")
    return p, step, [r.standard_normal((ROWS, 3)) + 1.0, r.standard_normal((ROWS, 4)), r.uniform(0, 1, (ROWS, 1))]


def ddpg():
    """Actor and critic with target networks that follow both after the updates."""
    chains = (("critic", (4, 8, 1)), ("actor", (3, 8, 1)))
    p = store("ddpg", *((f"{side}/{name}", sizes) for side in ("online", "target") for name, sizes in chains))
    critic, actor = p.below("online/critic/"), p.below("online/actor/")
    critic_adam, actor_adam = (torch.optim.Adam(parameters, lr=0.005, foreach=False) for parameters in (critic, actor))

    def q(side, o, a):
        return p.chain(side + "/critic", torch.cat([o, a], -1), 2)

    def act(side, o):
        return torch.tanh(p.chain(side + "/actor", o, 2))

    def step(o, a, reward, following):
        with torch.no_grad():
            y = reward + 0.9 * q("target", following, act("target", following))
        critic_loss = minimize(critic_adam, critic, ((q("online", o, a) - y) ** 2).mean())
        actor_loss = minimize(actor_adam, actor, -q("online", o, act("online", o)).mean())
        with torch.no_grad():
            for name, tensor in p.items():
                if name.startswith("target/"):
                    tensor += 0.05 * (p["online/" + name.removeprefix("target/")] - tensor)
        return {"critic_loss": critic_loss, "actor_loss": actor_loss}

    r = random("ddpg")
    return p, step, [r.standard_normal((ROWS, 3)), r.uniform(-1, 1, (ROWS, 1)), r.standard_normal((ROWS, 1)), r.standard_normal((ROWS, 3))]


SPELLINGS = {
    "gan": "minimize<judge/*>, minimize<generate/*>; Adam, Adam",
    "vae": "minimize of reconstruction + KL; Adam",
    "wgan": "minimize<critic/*> twice with a gradient penalty, minimize<generate/*>; SGD, SGD, Adam",
    "ddpg": "minimize<online/critic/*>, minimize<online/actor/*>, soft_update<target/*, online/*>(0.05); Adam",
}


def make(golden):
    for case, build in (("gan", gan), ("vae", vae), ("wgan", wgan), ("ddpg", ddpg)):
        parameters, step, columns = build()
        tensors = {f"column/{i}": column for i, column in enumerate(columns)}
        tensors |= {"initial/" + name: tensor.detach().numpy().copy() for name, tensor in parameters.items()}
        measured = {}
        for s in range(STEPS):
            begin = s * BATCH % ROWS
            for name, value in step(*(torch.tensor(column[begin:begin + BATCH]) for column in columns)).items():
                measured.setdefault(name, []).append(value)
        tensors |= {"metric/" + name: np.array(values) for name, values in measured.items()}
        tensors |= {"final/" + name: tensor.detach().numpy() for name, tensor in parameters.items()}
        golden.put(case, SPELLINGS[case], tensors)
