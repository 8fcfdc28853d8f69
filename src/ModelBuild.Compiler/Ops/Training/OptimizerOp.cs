using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A step of an optimizer. Inputs are the rate, the number of the step, then the tensors, their gradients and their states, each kind together; so are the outputs.
/// </summary>
internal abstract class OptimizerOp : Op
{
    public override string Domain => "ai.onnx.preview.training";

    /// <summary>How many states a tensor has.</summary>
    protected abstract int States { get; }

    public override void Infer(InferContext context)
    {
        var count = (context.InputCount - 2) / (2 + States);
        for (var i = 0; i < count; i++)
        {
            context.Output(i, context.Type(2 + i));
            for (var state = 1; state <= States; state++)
            {
                context.Output((state * count) + i, context.Type(2 + i));
            }
        }
    }

    public override void Lower(LowerContext context)
    {
        var count = (context.Node.Inputs.Count - 2) / (2 + States);
        for (var i = 0; i < count; i++)
        {
            Value[] inputs = [context.Input(0), context.Input(1), .. Enumerable.Range(0, 2 + States).Select(kind => context.Input(2 + (kind * count) + i))];
            Value[] outputs = [.. Enumerable.Range(0, 1 + States).Select(kind => context.Node.Outputs[(kind * count) + i] ?? Value.Of($"unused_{kind}_{i}", context.Input(2 + i).Type))];
            Emit(context, inputs, outputs);
        }
    }

    /// <summary>Emits the step of one tensor.</summary>
    protected abstract void Emit(LowerContext context, Value[] inputs, Value[] outputs);
}
