/* The ends of many starts on two threads, by hand: blocks of lanes that the compiler turns into vector instructions. */
#include <math.h>

#ifndef LANES
#define LANES 64
#endif

#define ROSENBROCK(x, y, gx, gy)                    \
    double d = y - x * x;                           \
    gx = -400.0 * x * d - 2.0 * (1.0 - x);          \
    gy = 200.0 * d;

#define BEALE(x, y, gx, gy)                                                              \
    double y2 = y * y, y3 = y2 * y;                                                      \
    double a = 1.5 - x + x * y, b = 2.25 - x + x * y2, c = 2.625 - x + x * y3;           \
    gx = 2.0 * (a * (y - 1.0) + b * (y2 - 1.0) + c * (y3 - 1.0));                        \
    gy = 2.0 * x * (a + 2.0 * b * y + 3.0 * c * y2);

#define HIMMELBLAU(x, y, gx, gy)                        \
    double a = x * x + y - 11.0, b = x + y * y - 7.0;   \
    gx = 4.0 * x * a + 2.0 * b;                         \
    gy = 2.0 * a + 4.0 * y * b;

#define SGD(name, SURFACE)                                                                          \
    void name##_sgd(double *restrict xs, double *restrict ys, long starts, long steps, double lr) { \
        _Pragma("omp parallel for schedule(static) num_threads(2)")                                 \
        for (long first = 0; first < starts; first += LANES) {                                      \
            double X[LANES], Y[LANES];                                                              \
            for (int l = 0; l < LANES; l++) { X[l] = xs[first + l]; Y[l] = ys[first + l]; }         \
            for (long k = 0; k < steps; k++)                                                        \
                for (int l = 0; l < LANES; l++) {                                                   \
                    double x = X[l], y = Y[l], gx, gy;                                              \
                    SURFACE(x, y, gx, gy)                                                           \
                    X[l] = x - lr * gx;                                                             \
                    Y[l] = y - lr * gy;                                                             \
                }                                                                                   \
            for (int l = 0; l < LANES; l++) { xs[first + l] = X[l]; ys[first + l] = Y[l]; }         \
        }                                                                                           \
    }

#define ADAM(name, SURFACE)                                                                         \
    void name##_adam(double *restrict xs, double *restrict ys, long starts, long steps, double lr) { \
        const double b1 = 0.9, b2 = 0.999, eps = 1e-8;                                              \
        _Pragma("omp parallel for schedule(static) num_threads(2)")                                 \
        for (long first = 0; first < starts; first += LANES) {                                      \
            double X[LANES], Y[LANES], MX[LANES] = {0}, MY[LANES] = {0}, VX[LANES] = {0}, VY[LANES] = {0}; \
            double p1 = 1, p2 = 1;                                                                  \
            for (int l = 0; l < LANES; l++) { X[l] = xs[first + l]; Y[l] = ys[first + l]; }         \
            for (long k = 0; k < steps; k++) {                                                      \
                p1 *= b1; p2 *= b2;                                                                 \
                const double c1 = lr / (1 - p1), c2 = 1 / (1 - p2);                                 \
                for (int l = 0; l < LANES; l++) {                                                   \
                    double x = X[l], y = Y[l], gx, gy;                                              \
                    SURFACE(x, y, gx, gy)                                                           \
                    MX[l] = b1 * MX[l] + (1 - b1) * gx;                                             \
                    MY[l] = b1 * MY[l] + (1 - b1) * gy;                                             \
                    VX[l] = b2 * VX[l] + (1 - b2) * gx * gx;                                        \
                    VY[l] = b2 * VY[l] + (1 - b2) * gy * gy;                                        \
                    X[l] = x - c1 * MX[l] / (sqrt(VX[l] * c2) + eps);                               \
                    Y[l] = y - c1 * MY[l] / (sqrt(VY[l] * c2) + eps);                               \
                }                                                                                   \
            }                                                                                       \
            for (int l = 0; l < LANES; l++) { xs[first + l] = X[l]; ys[first + l] = Y[l]; }         \
        }                                                                                           \
    }

#define EACH(name, SURFACE) SGD(name, SURFACE) ADAM(name, SURFACE)
EACH(rosenbrock, ROSENBROCK)
EACH(beale, BEALE)
EACH(himmelblau, HIMMELBLAU)
