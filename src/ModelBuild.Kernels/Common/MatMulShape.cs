namespace ModelBuild.Kernels;

/// <summary>The sizes of each product of <c>a[Rows, Inner]</c> and <c>b[Inner, Columns]</c>, all of them contiguous.</summary>
/// <param name="Rows">Rows of a and y.</param>
/// <param name="Inner">Columns of a and rows of b.</param>
/// <param name="Columns">Columns of b and y.</param>
internal readonly record struct MatMulShape(int Rows, int Inner, int Columns);
