using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Attention without softmax, as a recurrence. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.LinearAttention
/// The operator that ONNX has taken over. Rejected: attributes and inputs that ONNX's has not.
/// </summary>
internal sealed class MsLinearAttention : ContribOp
{
    private static readonly string[] Known = ["q_num_heads", "kv_num_heads", "update_rule", "scale", "chunk_size"];

    public override string Name => "LinearAttention";

    public override void Expand(FunctionContext f)
    {
        if (f.InputCount > 6 || f.OutputCount > 2 || f.Attributes.All.FirstOrDefault(attribute => !Known.Contains(attribute.Key)) is { Key: not null })
        {
            throw OperatorException.Unsupported("LinearAttention with attributes, inputs or outputs that ONNX's has not is not supported");
        }

        var results = f.AddAll("LinearAttention", 2, f.Attributes, [.. Enumerable.Range(0, 6).Select(f.Input)]);
        f.Output(0, results[0]);
        f.Output(1, results[1]);
    }
}
