using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Whether a fully connected layer is computed block by block, without its blocks of zeros. The choice follows from shape and density alone, so that every build
/// makes the same one. The kernels with blocks take one row at a time, at the cost of one multiply-add step for each block that is stored, and an index for it; the
/// dense kernels use each weight that they load for several rows. Of one row, skipping pays as soon as it saves more than the indices cost; of an unknown number
/// of rows from half on, and of many from two thirds.
/// </summary>
internal static class SparseBlocks
{
    private const double MostForOneRow = 0.8;
    private const double MostForAnyRows = 0.5;
    private const double MostForManyRows = 1 / 3.0;

    public static bool Pay(int stored, int all, Dim rows) =>
        stored <= all * (!rows.IsConstant ? MostForAnyRows : rows.Constant == 1 ? MostForOneRow : MostForManyRows);
}
