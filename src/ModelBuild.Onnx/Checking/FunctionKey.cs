namespace ModelBuild.Onnx.Checking;

/// <summary>What a node and the function it calls have in common.</summary>
internal readonly record struct FunctionKey(string Domain, string Name, string Overload)
{
    public static FunctionKey Of(OnnxFunction function) => new(function.Domain, function.Name, function.Overload);

    public static FunctionKey CalledBy(OnnxNode node) => new(node.Domain, node.OpType, node.Overload);

    public override string ToString() =>
        (Domain.Length == 0 ? "" : Domain + ".") + Name + (Overload.Length == 0 ? "" : ":" + Overload);
}
