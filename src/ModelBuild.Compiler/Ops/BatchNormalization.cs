using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = (x - mean) / sqrt(var + epsilon) * scale + B, per channel (axis 1), in inference.
/// https://onnx.ai/onnx/operators/onnx__BatchNormalization.html
/// Versions: 1 and 6 (is_test), 7 (inference unless outputs say otherwise), 9, 14 (training_mode), 15. Training mode is refused. FuseBatchNormalization and
/// ExpandBatchNormalization have replaced it before it is lowered.
/// </summary>
internal sealed class BatchNormalization : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 9, 14, 15];

    public override void Infer(InferContext context)
    {
        if (context.Attributes.Flag("training_mode") || (context.Version < 14 && context.OutputCount > 1))
        {
            throw OperatorException.Unsupported("batch normalization in training mode is not supported", "Export the model for inference.");
        }

        var x = context.Type(0);
        foreach (var i in Enumerable.Range(1, 4))
        {
            if (x.Rank < 2 || context.Type(i).Rank != 1 || !context.Type(i)[0].Equals(x[1]))
            {
                throw new OperatorException($"input {i}, {context.Type(i)}, is not one value for each channel of {x}");
            }
        }

        context.Output(0, x);
    }

    public override void Lower(LowerContext context) =>
        throw OperatorException.Unsupported("batch normalization with parameters that are not constant is not supported");
}
