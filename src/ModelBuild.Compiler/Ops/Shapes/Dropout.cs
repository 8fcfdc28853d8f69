using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Outside training y = x, and the mask is true everywhere. https://onnx.ai/onnx/operators/onnx__Dropout.html
/// Versions: 1, 6 (attribute is_test), 7 (no training), 10 (the mask is of truth values), 12 (input training_mode), 13, 22 (more types).
/// Rejected: training. A model of versions 1 and 6 is taken to be used outside training, whatever is_test says.
/// </summary>
internal sealed class Dropout : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 10, 12, 13, 22];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        if (context.Input(2) is not null && context.RequireConstant(2).As<bool>()[0])
        {
            throw OperatorException.Unsupported("Dropout in training mode is not supported", "Export the model for inference.");
        }

        context.Output(0, x);
        context.Output(1, context.Version < 10 ? x : x.With(ElementType.Bool));
    }

    public override void Lower(LowerContext context)
    {
        context.Alias(context.Output, context.Input(0));
        if (context.Node.Outputs is [_, { } mask, ..])
        {
            if (mask.Type.Element != ElementType.Bool)
            {
                throw OperatorException.Unsupported("the mask of Dropout is supported from operator set 10 on");
            }

            context.Call(typeof(Fill), nameof(Fill.Run), mask, true);
        }
    }
}
