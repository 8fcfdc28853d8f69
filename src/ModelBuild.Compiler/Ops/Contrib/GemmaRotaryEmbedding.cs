namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Queries and keys rotated by the angles emb: x * cos(emb) + x_rot * sin(emb). Inputs: emb, q, q_rot, k, k_rot. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GemmaRotaryEmbedding
/// </summary>
internal sealed class GemmaRotaryEmbedding : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        for (var i = 0; i < 2; i++)
        {
            var (x, turned) = (f.Require(1 + (2 * i)), f.Require(2 + (2 * i)));
            IR.Value Angles(string op) => f.As(f.Add("Unsqueeze", f.Add(op, f.Require(0)), f.Constant(1L)), x.Type.Element);
            f.Output(i, f.Add("Add", f.Add("Mul", x, Angles("Cos")), f.Add("Mul", turned, Angles("Sin"))));
        }
    }
}
