// SPDX-License-Identifier: BSL-1.0
// All of Weft: define a network as a type, train it, evaluate it, save it.
#pragma once
#include <weft/core/verdict.hpp>        // first: compilers print the way to it in every error

#include <weft/core.hpp>
#include <weft/data/data.hpp>
#include <weft/model/describe.hpp>
#include <weft/model/fit.hpp>
#include <weft/model/fit_step.hpp>
#include <weft/model/lbfgs.hpp>
#include <weft/model/model_checkpoint.hpp>
#include <weft/model/plot.hpp>
#include <weft/model/confusion.hpp>
#include <weft/model/predict.hpp>
#include <weft/model/save.hpp>
#include <weft/model/step_trainer.hpp>
#include <weft/model/summary.hpp>
