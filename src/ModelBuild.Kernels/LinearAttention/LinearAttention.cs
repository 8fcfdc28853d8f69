using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX LinearAttention: each head keeps a matrix that every step decays and adds k v^T to, or with the delta rule the part of v that the matrix does not give for k
/// yet; the output is q^T times the matrix. Yang et al., https://arxiv.org/abs/2412.06464
/// </summary>
internal static class LinearAttention
{
    /// <summary>Runs the sequences.</summary>
    /// <param name="query">[batch, steps, query heads, key size].</param>
    /// <param name="key">[batch, steps, heads, key size].</param>
    /// <param name="value">[batch, steps, heads, value size].</param>
    /// <param name="decay">Logarithms, for each step one, one for each head, or one for each element of a key; or none.</param>
    /// <param name="beta">The rate of the delta rule, for each step one, or one for each head; none for the plain rule.</param>
    /// <param name="past">[batch, heads, key size, value size], or none for 0.</param>
    /// <param name="scratch">[value size].</param>
    /// <param name="y">[batch, steps, query heads, value size].</param>
    /// <param name="state">[batch, heads, key size, value size].</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="steps">Their length.</param>
    /// <param name="queryHeads">A multiple of the heads: several queries share a matrix.</param>
    /// <param name="heads">Matrices.</param>
    /// <param name="keySize">Their rows.</param>
    /// <param name="valueSize">Their columns.</param>
    /// <param name="scale">What outputs are multiplied by.</param>
    public static void Run(
        ReadOnlySpan<float> query,
        ReadOnlySpan<float> key,
        ReadOnlySpan<float> value,
        ReadOnlySpan<float> decay,
        ReadOnlySpan<float> beta,
        ReadOnlySpan<float> past,
        Span<float> scratch,
        Span<float> y,
        Span<float> state,
        int batch,
        int steps,
        int queryHeads,
        int heads,
        int keySize,
        int valueSize,
        float scale)
    {
        if (past.IsEmpty)
        {
            state.Clear();
        }
        else
        {
            past.CopyTo(state);
        }

        int decays = steps == 0 || batch == 0 ? 0 : decay.Length / (batch * steps);
        int betas = steps == 0 || batch == 0 ? 0 : beta.Length / (batch * steps);
        int group = queryHeads / heads;
        for (int b = 0; b < batch; b++)
        {
            for (int t = 0; t < steps; t++)
            {
                int step = (b * steps) + t;
                for (int h = 0; h < heads; h++)
                {
                    Span<float> matrix = state.Slice(((b * heads) + h) * keySize * valueSize, keySize * valueSize);
                    ReadOnlySpan<float> k = key.Slice(((step * heads) + h) * keySize, keySize);
                    ReadOnlySpan<float> v = value.Slice(((step * heads) + h) * valueSize, valueSize);
                    Span<float> write = scratch[..valueSize];
                    if (decays > 0)
                    {
                        for (int i = 0; i < keySize; i++)
                        {
                            int at = decays == 1 ? 0 : decays == heads ? h : (h * keySize) + i;
                            float factor = MathF32.Exp(new ScalarF32(decay[(step * decays) + at])).Value;
                            Span<float> row = matrix.Slice(i * valueSize, valueSize);
                            for (int j = 0; j < row.Length; j++)
                            {
                                row[j] *= factor;
                            }
                        }
                    }

                    v.CopyTo(write);
                    if (betas > 0)
                    {
                        write.Clear();
                        for (int i = 0; i < keySize; i++)
                        {
                            RowProduct.Add(k[i], matrix.Slice(i * valueSize, valueSize), write);
                        }

                        float rate = beta[(step * betas) + (betas == 1 ? 0 : h)];
                        for (int j = 0; j < valueSize; j++)
                        {
                            write[j] = rate * (v[j] - write[j]);
                        }
                    }

                    for (int i = 0; i < keySize; i++)
                    {
                        RowProduct.Add(k[i], write, matrix.Slice(i * valueSize, valueSize));
                    }

                    for (int g = 0; g < group; g++)
                    {
                        int head = (step * queryHeads) + (h * group) + g;
                        Span<float> output = y.Slice(head * valueSize, valueSize);
                        output.Clear();
                        for (int i = 0; i < keySize; i++)
                        {
                            RowProduct.Add(query[(head * keySize) + i], matrix.Slice(i * valueSize, valueSize), output);
                        }

                        for (int j = 0; j < valueSize; j++)
                        {
                            output[j] *= scale;
                        }
                    }
                }
            }
        }
    }
}
