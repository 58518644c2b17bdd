// SPDX-License-Identifier: BSL-1.0
// All of data.
#pragma once
#include <weft/data/batch.hpp>
#include <weft/data/csv.hpp>
#include <weft/data/dataset.hpp>
#include <weft/data/digits.hpp>
#include <weft/data/files.hpp>
#include <weft/data/permutation.hpp>
#include <weft/data/preprocessing.hpp>
#include <weft/data/synthetic.hpp>

#include <xtensor/xsort.hpp>            // what programs do with the arrays they get back: argmax, rows
#include <xtensor/xview.hpp>
