using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// GroupQueryAttention in which a query sees some blocks of keys alone: which ones, several layouts say, that heads take in turn, in rows of compressed indices.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SparseAttention
/// All scores are computed. Rejected: layouts that are not constant.
/// </summary>
internal sealed class SparseAttention : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var (heads, block) = (f.Attributes.Require<long>("num_heads"), f.Attributes.Require<long>("sparse_block_size"));
        if (f.Require(5).Constant is not { Dims.Count: 2 } rows || f.Require(6).Constant is not { Dims.Count: 2 } columns)
        {
            throw OperatorException.Unsupported("layouts that are not constant are not supported");
        }

        var layouts = rows.Dims[0];
        if (block < 1 || layouts < 1 || heads % layouts != 0 || columns.Dims[0] != layouts)
        {
            throw new OperatorException($"{layouts} layouts of blocks of {block} do not fit {heads} heads");
        }

        // Where the queries of each sequence stand, and the keys of the cache.
        var totals = f.As(f.Add("Reshape", f.Require(8), f.Constant(-1L)), ElementType.Int64);
        var count = f.LengthOf(f.Require(0), 1);
        var starts = f.Add("Max", f.Add("Sub", totals, count), f.Constant(Tensor.Scalar(0L)));
        var queries = f.Add("Add", f.Add("Unsqueeze", starts, f.Constant(1L)), f.Counted(count));
        var mask = f.Constant(Mask(rows, columns));

        // [layouts, batch, length, keys], then a layout for each head.
        Value Block(Value positions) => f.Add("Div", positions, block);
        var seen = f.Add("Gather", Attributes.Of(("axis", 3)), f.Add("Gather", Attributes.Of(("axis", 1)), mask, Block(queries)), Block(f.Counted(f.LengthOf(f.Require(3), 2))));
        seen = f.Add("Tile", f.Add("Transpose", Attributes.Of(("perm", (long[])[1, 0, 2, 3])), seen), f.Constant(1, heads / layouts, 1, 1));
        var bias = f.Add("Where", seen, f.Number(0, f.Require(0)), f.Number(double.NegativeInfinity, f.Require(0)));

        string[] names = ["num_heads", "kv_num_heads", "scale", "do_rotary", "rotary_interleaved"];
        var attributes = Attributes.Of(f.Attributes.All.Where(attribute => names.Contains(attribute.Key)).Select(attribute => (attribute.Key, attribute.Value)));
        var results = f.AddAll(
            "com.microsoft.GroupQueryAttention", 3, attributes,
            f.Require(0), f.Input(1), f.Input(2), f.Require(3), f.Require(4), f.As(f.Add("Sub", totals, 1), ElementType.Int32), f.Require(7), f.Input(9), f.Input(10), null, bias);
        for (var i = 0; i < results.Length; i++)
        {
            f.Output(i, results[i]);
        }
    }

    // [layouts, blocks of queries, blocks of keys]: the columns of a row stand between two of its indices.
    private static Tensor Mask(Tensor rows, Tensor columns)
    {
        var (begins, blocks, listed) = (rows.ToInt64().ToArray(), rows.Dims[1] - 1, columns.ToInt64().ToArray());
        var mask = new bool[rows.Dims[0] * blocks * blocks];
        for (var layout = 0L; layout < rows.Dims[0]; layout++)
        {
            for (var row = 0L; row < blocks; row++)
            {
                for (var i = begins[(layout * (blocks + 1)) + row]; i < begins[(layout * (blocks + 1)) + row + 1]; i++)
                {
                    var column = i >= 0 && i < columns.Dims[1] ? listed[(layout * columns.Dims[1]) + i] : -1;
                    if (column < 0 || column >= blocks)
                    {
                        throw new OperatorException($"layout {layout} has no block of keys for index {i}");
                    }

                    mask[(((layout * blocks) + row) * blocks) + column] = true;
                }
            }
        }

        return Tensor.Of<bool>(mask, rows.Dims[0], blocks, blocks);
    }
}
