// SPDX-License-Identifier: BSL-1.0
// All initializers.
#pragma once
#include <weft/initializers/constant.hpp>
#include <weft/initializers/fan_in_uniform.hpp>
#include <weft/initializers/glorot_normal.hpp>
#include <weft/initializers/glorot_uniform.hpp>
#include <weft/initializers/he_normal.hpp>
#include <weft/initializers/he_uniform.hpp>
#include <weft/initializers/identity_matrix.hpp>
#include <weft/initializers/lecun_normal.hpp>
#include <weft/initializers/lecun_uniform.hpp>
#include <weft/initializers/ones.hpp>
#include <weft/initializers/orthogonal.hpp>
#include <weft/initializers/random_normal.hpp>
#include <weft/initializers/random_uniform.hpp>
#include <weft/initializers/truncated_normal.hpp>
#include <weft/initializers/variance_scaling.hpp>
#include <weft/initializers/zeros.hpp>
