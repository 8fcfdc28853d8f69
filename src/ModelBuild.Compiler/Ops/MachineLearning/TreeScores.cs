using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sums (or other aggregates) of what decision trees say of each row, and which of them any leaf said something of. The attributes are those of the operator that
/// it is a part of; role says which: class, target or modern. Attribute targets: how many sums a row has.
/// </summary>
internal sealed class TreeScores : Op
{
    private static readonly string[] Aggregates = ["SUM", "AVERAGE", "MIN", "MAX"];

    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (x, targets) = (context.Type(0), context.Attributes.Require<long>("targets"));
        var table = Table(context.Attributes);
        if (table.Targets.Any(target => target < 0 || target >= targets) || (x[1].IsConstant && table.Feature.Any(feature => feature < 0 || feature >= x[1].Constant)))
        {
            throw new OperatorException($"its trees name features or targets that {x} and {targets} targets do not have");
        }

        context.Output(0, TensorType.Of(ScoreOf(x.Element, context.Attributes), x[0], targets));
        context.Output(1, TensorType.Of(ElementType.UInt8, x[0], targets));
    }

    public override void Lower(LowerContext context)
    {
        var (x, attributes) = (context.Input(0), context.Attributes);
        var table = Table(attributes);
        Value Constant<T>(IEnumerable<T> values, string suffix)
            where T : unmanaged => values.ToArray() is var all ? context.Constant(Tensor.Of<T>(all, all.Length), suffix, string.Empty) : throw new InvalidOperationException();
        Value Numbers(List<double> values, ElementType type, string suffix) =>
            type == ElementType.Double ? Constant(values, suffix) : Constant(values.Select(value => (float)value), suffix);
        var aggregate = attributes.Has("aggregate_function") && attributes.Require<string>("role") == "modern"
            ? (int)attributes.Get("aggregate_function", 1L) switch { 0 => 1, 1 => 0, 2 => 2, _ => 3 }
            : Array.IndexOf(Aggregates, attributes.Get("aggregate_function", "SUM"));
        var score = context.Output.Type.Element;
        context.RequireZero(Dim.Max(table.Feature.DefaultIfEmpty(0).Max() + 1 - x.Type[1], Dim.Zero), "there are not as many features as the trees look at");
        context.Call(
            typeof(Kernels.TreeEnsemble), nameof(Kernels.TreeEnsemble.Run), x, Constant(table.Feature, "feature"), Numbers(table.Value, x.Type.Element, "value"), Constant(table.Mode, "mode"),
            Constant(table.OnTrue, "true"), Constant(table.OnFalse, "false"), Constant(table.Sets, "sets"), Numbers(table.Members, x.Type.Element, "members"), Constant(table.Roots, "roots"),
            Constant(table.Targets, "targets"), Numbers(table.Weights, score, "weights"), context.Output,
            context.Node.Outputs is [_, { } found] ? found : context.Temporary(ElementType.UInt8, context.Output.Type.Length, "found"), x.Type[0], x.Type[1], context.Output.Type[1], aggregate);
    }

    private static TreeTable Table(Attributes attributes) => attributes.Require<string>("role") is var role && role == "modern" ? TreeTable.OfModern(attributes) : TreeTable.OfClassic(attributes, role);

    // Sums are in the type of the trees' own numbers.
    private static ElementType ScoreOf(ElementType x, Attributes attributes) => attributes.Require<string>("role") == "modern" && x == ElementType.Double ? ElementType.Double : ElementType.Float;
}
