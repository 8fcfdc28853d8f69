using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Up to which share of stored blocks a fully connected layer is computed block by block, without its blocks of zeros. The choice follows from shape and density alone,
/// so that every build makes the same one. The kernels with blocks take one row at a time, at the cost of one multiply-add step and an index for each block that is
/// stored; the dense kernels use each weight that they load for several rows.
/// </summary>
/// <remarks>
/// Measured where both take the same time, on layers of 256x128, 784x256 and 1024x1024 with AVX-512 (Zen 4): of one row at 0.65 to 0.8 of the blocks in floats and 0.75
/// to 0.8 in bytes; of four and of 64 rows at 0.2 to 0.33 in floats, and at 0.5 to 0.65 in bytes. Where rows are known only at run time, skipping must not lose much
/// with many: a third of the blocks costs one row 0.4 to 0.6 of the dense time and 64 rows 1.0 to 1.1.
/// </remarks>
internal sealed record SparseBlocks(double OneRow, double AnyRows, double ManyRows)
{
    /// <summary>Layers of 32-bit floats.</summary>
    public static SparseBlocks Floats { get; } = new(OneRow: 0.65, AnyRows: 0.33, ManyRows: 0.25);

    /// <summary>Layers of 8-bit integers.</summary>
    public static SparseBlocks Bytes { get; } = new(OneRow: 0.75, AnyRows: 0.5, ManyRows: 0.5);

    /// <summary>Whether skipping pays.</summary>
    public bool Pay(int stored, int all, Dim rows) => all > 0 && stored <= all * (!rows.IsConstant ? AnyRows : rows.Constant == 1 ? OneRow : ManyRows);
}
