/* f, its gradient and its Hessian on a square grid, by hand, on two threads: six planes one after the other. */

#define PLANES(name, BODY)                                                                      \
    void name##_planes(const double *restrict xs, const double *restrict ys, long n, double *restrict out) { \
        const long size = n * n;                                                                \
        _Pragma("omp parallel for schedule(static) num_threads(2)")                             \
        for (long j = 0; j < n; j++) {                                                          \
            const double y = ys[j];                                                             \
            double *restrict f = out + n * j, *restrict gx = f + size, *restrict gy = gx + size; \
            double *restrict xx = gy + size, *restrict xy = xx + size, *restrict yy = xy + size; \
            _Pragma("omp simd")                                                                 \
            for (long i = 0; i < n; i++) {                                                      \
                const double x = xs[i];                                                         \
                BODY                                                                            \
            }                                                                                   \
        }                                                                                       \
    }

PLANES(rosenbrock,
    const double d = y - x * x;
    f[i] = (1 - x) * (1 - x) + 100 * d * d;
    gx[i] = -400 * x * d - 2 * (1 - x);
    gy[i] = 200 * d;
    xx[i] = 1200 * x * x - 400 * y + 2;
    xy[i] = -400 * x;
    yy[i] = 200;)

PLANES(beale,
    const double y2 = y * y; const double y3 = y2 * y;
    const double a = 1.5 - x + x * y; const double b = 2.25 - x + x * y2; const double c = 2.625 - x + x * y3;
    const double p = y - 1; const double q = y2 - 1; const double r = y3 - 1;
    const double s = a + 2 * y * b + 3 * y2 * c;
    f[i] = a * a + b * b + c * c;
    gx[i] = 2 * (a * p + b * q + c * r);
    gy[i] = 2 * x * s;
    xx[i] = 2 * (p * p + q * q + r * r);
    xy[i] = 2 * (x * (p + 2 * y * q + 3 * y2 * r) + s);
    yy[i] = 2 * x * (x + 2 * b + 4 * y2 * x + 6 * y * c + 9 * y2 * y2 * x);)

PLANES(himmelblau,
    const double a = x * x + y - 11; const double b = x + y * y - 7;
    f[i] = a * a + b * b;
    gx[i] = 4 * x * a + 2 * b;
    gy[i] = 2 * a + 4 * y * b;
    xx[i] = 4 * a + 8 * x * x + 2;
    xy[i] = 4 * x + 4 * y;
    yy[i] = 4 * b + 8 * y * y + 2;)
