using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The same values with other dimensions: Reshape, Flatten, Squeeze and the like in one form. Attribute shape: dimension expressions.</summary>
internal sealed class View : Op, IAliasOp
{
    private const string ShapeAttribute = "shape";

    public override string Domain => OwnDomain;

    public static Attributes To(params System.Collections.Generic.IEnumerable<Dim> shape) => Attributes.Of((ShapeAttribute, shape.Select(dim => dim.ToString()).ToArray()));

    /// <summary>Whether a node does no more than a view: it has as many elements for all sizes, and checks nothing when it runs.</summary>
    public static bool IsMeantBy(Node node) => node.Op is IAliasOp and not Assured && node.Output.Type.Length.Equals(node.Inputs[0]!.Type.Length);

    public override void Infer(InferContext context)
    {
        var shape = context.Attributes.Require<string[]>(ShapeAttribute).Select(DimParser.Parse).ToArray();
        if (!Dim.Product(shape).Equals(context.Type(0).Length))
        {
            throw new OperatorException($"{context.Type(0)} has not as many elements as [{string.Join<Dim>(",", shape)}]");
        }

        context.Output(context.Type(0).Element, shape);
    }

    public override void Lower(LowerContext context) => context.Alias(context.Output, context.Input(0));
}
