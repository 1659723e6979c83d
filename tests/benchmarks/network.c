/* Adam on a multilayer perceptron by hand: mini-batches of 32 side by side, so that sums run in vector registers. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE__
#include <xmmintrin.h>
#endif

#define ROWS 32
#define MOST 64
#define DEEPEST 10

typedef float row[ROWS];

/* e^x for x <= 0, as precise as a float, in a form that the compiler can vectorise. */
static inline float decay(float x) {
    x = x < -87.0f ? -87.0f : x;
    float k = nearbyintf(x * 1.44269504f), r = x - k * 0.693145752f - k * 1.42860677e-6f;
    float p = 1.0f / 5040;
    p = p * r + 1.0f / 720; p = p * r + 1.0f / 120; p = p * r + 1.0f / 24; p = p * r + 1.0f / 6;
    p = p * r + 0.5f; p = p * r + 1.0f; p = p * r + 1.0f;
    union { int32_t whole; float real; } power = {((int32_t)k + 127) << 23};
    return p * power.real;
}

static inline float tangent(float x) {
    float d = decay(-2.0f * fabsf(x)), t = (1.0f - d) / (1.0f + d);
    return x < 0.0f ? -t : t;
}

static void weigh(const float *restrict w, const float *restrict bias, const row *restrict x, row *restrict z, int in, int out) {
    for (int j = 0; j < out; j++) {
        row sum;
        for (int n = 0; n < ROWS; n++) sum[n] = bias ? bias[j] : 0.0f;
        for (int i = 0; i < in; i++)
            for (int n = 0; n < ROWS; n++) sum[n] += w[j * in + i] * x[i][n];
        memcpy(z[j], sum, sizeof sum);
    }
}

static void weigh_back(const float *restrict w, float *restrict gw, const row *restrict x, const row *restrict d, row *restrict below, int in, int out) {
    for (int j = 0; j < out; j++)
        for (int i = 0; i < in; i++) {
            float sum = 0.0f;
            #pragma omp simd reduction(+ : sum)
            for (int n = 0; n < ROWS; n++) sum += d[j][n] * x[i][n];
            gw[j * in + i] = sum;
        }
    if (!below) return;
    for (int i = 0; i < in; i++) {
        row sum = {0};
        for (int j = 0; j < out; j++)
            for (int n = 0; n < ROWS; n++) sum[n] += w[j * in + i] * d[j][n];
        memcpy(below[i], sum, sizeof sum);
    }
}

static float sum_of(const float *restrict a, const float *restrict b) {
    float sum = 0.0f;
    #pragma omp simd reduction(+ : sum)
    for (int n = 0; n < ROWS; n++) sum += b ? a[n] * b[n] : a[n];
    return sum;
}

/* Have the thread take denormal numbers for 0, results and operands, as the program's kernels do; return how it was. */
static unsigned flush(void) {
#ifdef __SSE__
    unsigned before = _mm_getcsr();
    _mm_setcsr(before | 0x8040);
    return before;
#else
    return 0;
#endif
}

static void unflush(unsigned before) {
#ifdef __SSE__
    _mm_setcsr(before);
#endif
}

/* theta: per layer the weights, then the biases; with batch norm, hidden layers have gamma and beta instead. */
void train(float *restrict theta, float *restrict m, float *restrict v, long first, const float *data, const float *wanted,
           const long *order, long steps, const long *sizes, long layers, int normed, int tanned, float lr, double *losses) {
    static _Thread_local row x[DEEPEST][MOST], c[DEEPEST][MOST], d[2][MOST], hot[MOST];
    static _Thread_local float scale[DEEPEST][MOST], g[1 << 16];
    int classes = sizes[layers];
    const unsigned before = flush();
    for (long step = 0; step < steps; step++) {
        for (int n = 0; n < ROWS; n++) {
            long at = order[step * ROWS + n];
            for (int i = 0; i < sizes[0]; i++) x[0][i][n] = data[at * sizes[0] + i];
            for (int i = 0; i < classes; i++) hot[i][n] = wanted[at * classes + i];
        }
        long start[DEEPEST], at = 0;
        for (int l = 0; l < layers; l++) {
            int in = sizes[l], out = sizes[l + 1], last = l == layers - 1, bn = normed && !last;
            const float *w = theta + at, *rest = w + in * out;
            start[l] = at;
            at += in * out + (bn ? 2 * out : out);
            weigh(w, bn ? 0 : rest, x[l], x[l + 1], in, out);
            if (last) break;
            for (int j = 0; j < out; j++) {
                float *z = x[l + 1][j];
                if (bn) {
                    float mean = sum_of(z, 0) / ROWS;
                    for (int n = 0; n < ROWS; n++) c[l][j][n] = z[n] - mean;
                    scale[l][j] = 1.0f / sqrtf(sum_of(c[l][j], c[l][j]) / ROWS + 1e-5f);
                    for (int n = 0; n < ROWS; n++) c[l][j][n] *= scale[l][j];
                    for (int n = 0; n < ROWS; n++) z[n] = rest[j] * c[l][j][n] + rest[out + j];
                }
                if (tanned) for (int n = 0; n < ROWS; n++) z[n] = tangent(z[n]);
                else for (int n = 0; n < ROWS; n++) z[n] = z[n] > 0.0f ? z[n] : 0.0f;
            }
        }
        double loss = 0.0;
        row *here = d[0], *there = d[1];
        for (int n = 0; n < ROWS; n++) {
            float most = x[layers][0][n], sum = 0.0f;
            for (int i = 1; i < classes; i++) most = fmaxf(most, x[layers][i][n]);
            for (int i = 0; i < classes; i++) sum += here[i][n] = decay(x[layers][i][n] - most);
            for (int i = 0; i < classes; i++) {
                loss -= hot[i][n] * (x[layers][i][n] - most);
                here[i][n] = (here[i][n] / sum - hot[i][n]) / ROWS;
            }
            loss += logf(sum);
        }
        losses[step] = loss / ROWS;
        for (int l = layers - 1; l >= 0; l--) {
            int in = sizes[l], out = sizes[l + 1], last = l == layers - 1, bn = normed && !last;
            const float *w = theta + start[l], *rest = w + in * out;
            float *gw = g + start[l], *grest = gw + in * out;
            for (int j = 0; j < out && !last; j++) {
                float *s = here[j], *y = x[l + 1][j];
                if (tanned) for (int n = 0; n < ROWS; n++) s[n] *= 1.0f - y[n] * y[n];
                else for (int n = 0; n < ROWS; n++) s[n] = y[n] > 0.0f ? s[n] : 0.0f;
                if (bn) {
                    float along = sum_of(s, c[l][j]), even = sum_of(s, 0), factor = rest[j] * scale[l][j];
                    grest[j] = along;
                    grest[out + j] = even;
                    for (int n = 0; n < ROWS; n++) s[n] = factor * (s[n] - even / ROWS - c[l][j][n] * (along / ROWS));
                }
            }
            if (!bn) for (int j = 0; j < out; j++) grest[j] = sum_of(here[j], 0);
            weigh_back(w, gw, x[l], here, l ? there : 0, in, out);
            row *other = here;
            here = there;
            there = other;
        }
        float first_decay = 1.0 / (1.0 - pow(0.9, first + step + 1)), second_decay = 1.0 / (1.0 - pow(0.999, first + step + 1));
        for (long i = 0; i < at; i++) {
            m[i] = 0.9f * m[i] + 0.1f * g[i];
            v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
            theta[i] -= lr * (m[i] * first_decay) / (sqrtf(v[i] * second_decay) + 1e-8f);
        }
    }
    unflush(before);
}
