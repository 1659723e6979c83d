/* One trajectory with every step stored, by hand: what the compiled kernels are measured against.
   A row of the record is x y gx gy loss, then the state, as in the program. */
#include <math.h>
#include <stddef.h>

typedef struct { double loss, gx, gy; } seen;

static inline seen rosenbrock(double x, double y) {
    double d = y - x * x, e = 1.0 - x;
    return (seen){e * e + 100.0 * d * d, -400.0 * x * d - 2.0 * e, 200.0 * d};
}

static inline seen beale(double x, double y) {
    double y2 = y * y, y3 = y2 * y;
    double a = 1.5 - x + x * y, b = 2.25 - x + x * y2, c = 2.625 - x + x * y3;
    return (seen){a * a + b * b + c * c, 2.0 * (a * (y - 1.0) + b * (y2 - 1.0) + c * (y3 - 1.0)),
                  2.0 * x * (a + 2.0 * b * y + 3.0 * c * y2)};
}

static inline seen himmelblau(double x, double y) {
    double a = x * x + y - 11.0, b = x + y * y - 7.0;
    return (seen){a * a + b * b, 4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b};
}

#define SGD(surface)                                                                                     \
    void surface##_sgd(double x, double y, long steps, const double *restrict rates, double *restrict row) { \
        for (long k = 0;; k++, row += 5) {                                                               \
            seen s = surface(x, y);                                                                      \
            row[0] = x; row[1] = y; row[2] = s.gx; row[3] = s.gy; row[4] = s.loss;                       \
            if (k == steps || !isfinite(x + y + s.loss)) return;                                         \
            x -= rates[k] * s.gx;                                                                        \
            y -= rates[k] * s.gy;                                                                        \
        }                                                                                                \
    }

#define ADAM(surface)                                                                                    \
    void surface##_adam(double x, double y, long steps, const double *restrict rates, double *restrict row) { \
        const double b1 = 0.9, b2 = 0.999, eps = 1e-8;                                                   \
        double mx = 0, my = 0, vx = 0, vy = 0, p1 = 1, p2 = 1;                                           \
        for (long k = 0;; k++, row += 9) {                                                               \
            seen s = surface(x, y);                                                                      \
            row[0] = x; row[1] = y; row[2] = s.gx; row[3] = s.gy; row[4] = s.loss;                       \
            row[5] = mx; row[6] = my; row[7] = vx; row[8] = vy;                                          \
            if (k == steps || !isfinite(x + y + s.loss)) return;                                         \
            p1 *= b1; p2 *= b2;                                                                          \
            double c1 = rates[k] / (1 - p1), c2 = 1 / (1 - p2);                                          \
            mx = b1 * mx + (1 - b1) * s.gx; my = b1 * my + (1 - b1) * s.gy;                              \
            vx = b2 * vx + (1 - b2) * s.gx * s.gx; vy = b2 * vy + (1 - b2) * s.gy * s.gy;                \
            x -= c1 * mx / (sqrt(vx * c2) + eps);                                                        \
            y -= c1 * my / (sqrt(vy * c2) + eps);                                                        \
        }                                                                                                \
    }

#define EACH(surface) SGD(surface) ADAM(surface)
EACH(rosenbrock)
EACH(beale)
EACH(himmelblau)
