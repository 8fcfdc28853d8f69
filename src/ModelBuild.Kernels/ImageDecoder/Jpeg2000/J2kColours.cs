namespace ModelBuild.Kernels;

/// <summary>Undoes the mixture of the first three components (T.800, annex G).</summary>
internal static class J2kColours
{
    /// <summary>In place. Integers have the reversible mixture.</summary>
    public static void Unmix(int[][] integers, float[][] floats)
    {
        for (int i = 0; i < integers[0].Length; i++)
        {
            (int y, int u, int v) = (integers[0][i], integers[1][i], integers[2][i]);
            int green = y - ((u + v) >> 2);
            (integers[0][i], integers[1][i], integers[2][i]) = (v + green, green, u + green);
        }

        for (int i = 0; i < floats[0].Length; i++)
        {
            (float y, float u, float v) = (floats[0][i], floats[1][i], floats[2][i]);
            (floats[0][i], floats[1][i], floats[2][i]) = (y + (v * 1.402f), y - (u * 0.34413f) - (v * 0.71414f), y + (u * 1.772f));
        }
    }
}
