using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The same value, one of whose sizes is said to be another expression: the run fails where the two are not equal. The importer puts one in front of an operator that needs
/// equal sizes where the model gives them different names, so that whatever comes later sees equal ones. Attributes: axis, size.
/// </summary>
internal sealed class AssumeSize : Op, IAliasOp
{
    private const string AxisAttribute = "axis";
    private const string SizeAttribute = "size";

    public override string Domain => OwnDomain;

    public static Attributes Of(int axis, Dim size) => Attributes.Of((AxisAttribute, axis), (SizeAttribute, size.ToString()));

    public override void Infer(InferContext context)
    {
        Dim[] shape = [.. context.Type(0).Shape];
        shape[context.Attributes.Int(AxisAttribute, 0)] = Size(context.Attributes);
        context.Output(0, context.Type(0).With(shape), context.Elements(0));
    }

    public override void Lower(LowerContext context)
    {
        var axis = context.Attributes.Int(AxisAttribute, 0);
        var (dim, size) = (context.Input(0).Type[axis], Size(context.Attributes));
        context.RequireZero(dim - size, $"axis {axis} of \"{context.Input(0).Name}\" has the size {dim}, which must be {size}");
        context.Alias(context.Output, context.Input(0));
    }

    private static Dim Size(Attributes attributes) => DimParser.Parse(attributes.Require<string>(SizeAttribute));
}
