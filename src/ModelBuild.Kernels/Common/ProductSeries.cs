namespace ModelBuild.Kernels;

/// <summary>Products that <see cref="ProductInt16"/> computes one after the other: the same rows of inputs that are planes of their own. Their weights follow each other.</summary>
/// <param name="Count">Products.</param>
/// <param name="Steps">Inputs of a row, in fours.</param>
/// <param name="RowBytes">Bytes from a row to the next.</param>
/// <param name="InputStride">Bytes from a product's inputs to the next one's.</param>
/// <param name="SumStride">Accumulators from a product's to the next one's.</param>
internal readonly record struct ProductSeries(int Count, int Steps, nint RowBytes, nint InputStride, nint SumStride);
