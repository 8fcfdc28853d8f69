using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The tensors of a sequence put together along an axis, or along a new one. https://onnx.ai/onnx/operators/onnx__ConcatFromSequence.html
/// Versions: 11. Rejected: a sequence whose tensors have no common rank that is known.
/// </summary>
internal sealed class ConcatFromSequence : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f)
    {
        var sequence = f.Sequence(0);
        var isNew = f.Attributes.Flag("new_axis");
        if (sequence.ElementRank < 0)
        {
            throw OperatorException.Unsupported("the tensors of a sequence are put together that have no common rank that is known", "Declare the shape of the sequence's elements; sizes may be symbols.");
        }

        var axis = InferContext.Axis(f.Attributes.Require<long>("axis"), sequence.ElementRank + (isNew ? 1 : 0));
        if (sequence.Items is { Count: > 0 } items)
        {
            var parts = items.Select(item => isNew ? f.Add("Unsqueeze", item, f.Constant(axis)) : item).ToArray();
            f.Output(0, parts.Length == 1 ? parts[0] : f.Add("Concat", Attributes.Of(("axis", axis)), parts));
            return;
        }

        var attributes = Attributes.Of(("axis", axis), ("new_axis", isNew ? 1 : 0), ("rank", sequence.ElementRank));
        var shape = f.Add($"{OwnDomain}.{nameof(JoinedShape)}", attributes, sequence.Shapes, sequence.Ranks);
        f.Output(0, f.Add($"{OwnDomain}.{nameof(JoinSequence)}", attributes, sequence.Data, sequence.Shapes, shape));
    }
}
