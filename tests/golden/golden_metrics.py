# SPDX-License-Identifier: BSL-1.0
"""Golden numbers of metrics: prediction, target, sample_weight, result, weighted_result; Keras was fed 7 rows, then 4."""
import keras
import numpy as np

from golden_autodiff import numpy
from golden_file import random

ROWS = 11


def metric_case(golden, case, spelling, make_metric, target, prediction):
    weights = random(case + " weights").uniform(0.0, 2.0, ROWS)
    metric, weighted = make_metric(), make_metric()
    for rows in (slice(0, 7), slice(7, ROWS)):
        metric.update_state(target[rows], prediction[rows])
        weighted.update_state(target[rows], prediction[rows], sample_weight=weights[rows])
    golden.put(case, spelling, {"prediction": prediction, "target": target, "sample_weight": weights,
                                "result": numpy(metric.result()), "weighted_result": numpy(weighted.result())})


class InTopK(keras.metrics.MeanMetricWrapper):
    """TopKCategoricalAccuracy, which TensorFlow has for float alone: fewer than k scores are greater than that of the label."""

    def __init__(self, k, sparse):
        def matches(y_true, y_pred):
            y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
            label = y_true.astype(int) if sparse else y_true.argmax(-1)
            return ((y_pred > y_pred[np.arange(len(label)), label][:, None]).sum(-1) < k).astype(float)
        super().__init__(matches)


def make(golden):
    m, r = keras.metrics, random("metrics")
    logits = r.standard_normal((ROWS, 5))
    logits[2, :] = logits[2, 0]
    scores = r.uniform(size=(ROWS, 1))
    scores[4, 0] = 0.5
    label = r.randint(0, 5, ROWS).astype(np.int32)
    for row in (0, 3, 5, 8):
        label[row] = logits[row].argmax()
    one_hot, truth = np.eye(5)[label], r.randint(0, 2, (ROWS, 1)).astype(float)
    many, many_truth = r.uniform(size=(ROWS, 3)), r.randint(0, 2, (ROWS, 3)).astype(float)
    wished, got = r.standard_normal((ROWS, 3)), r.standard_normal((ROWS, 3))
    for case, spelling, make_metric, target, prediction in (
            ("sparse_categorical_accuracy", "SparseCategoricalAccuracy", m.SparseCategoricalAccuracy, label, logits),
            ("categorical_accuracy", "CategoricalAccuracy", m.CategoricalAccuracy, one_hot, logits),
            ("binary_accuracy", "BinaryAccuracy", m.BinaryAccuracy, truth, scores),
            ("binary_accuracy_threshold", "BinaryAccuracy{.threshold = 0.7}", lambda: m.BinaryAccuracy(threshold=0.7), truth, scores),
            ("binary_accuracy_three", "BinaryAccuracy", m.BinaryAccuracy, many_truth, many),
            ("top_k_categorical_accuracy", "TopKCategoricalAccuracy<2>", lambda: InTopK(2, False), one_hot, logits),
            ("sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy<3>", lambda: InTopK(3, True), label,
             logits),
            ("mean_squared_error", "MeanSquaredError", m.MeanSquaredError, wished, got),
            ("mean_absolute_error", "MeanAbsoluteError", m.MeanAbsoluteError, wished, got),
            ("root_mean_squared_error", "RootMeanSquaredError", m.RootMeanSquaredError, wished, got),
            ("cosine_similarity", "CosineSimilarity", m.CosineSimilarity, wished, got),
            ("r2_score", "R2Score", m.R2Score, wished, got),
            ("precision", "Precision", m.Precision, truth, scores),
            ("recall", "Recall", m.Recall, truth, scores),
            ("auc", "AUC", m.AUC, truth, scores),
            ("true_positives", "TruePositives", m.TruePositives, truth, scores),
            ("true_negatives", "TrueNegatives", m.TrueNegatives, truth, scores),
            ("false_positives", "FalsePositives", m.FalsePositives, truth, scores),
            ("false_negatives", "FalseNegatives", m.FalseNegatives, truth, scores),
            ("f1_score", "F1Score", lambda: m.F1Score(average="macro", threshold=0.5), many_truth, many)):
        if case == "auc" and keras.backend.backend() == "torch":
            continue  # Keras' AUC in double fails there
        metric_case(golden, case, spelling, make_metric, target, prediction)
