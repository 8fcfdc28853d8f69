using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Runs a graph again and again: at most M times, as long as a condition holds. The graph gets the round's number, the condition and the state, and gives the next
/// condition, the next state, and a row for each output that collects rows. https://onnx.ai/onnx/operators/onnx__Loop.html
/// Versions: 1, 11, 13, 16, 19, 21, 23, 24, 25 (more types). A dimension of the state that changes from round to round is a size that the run keeps.
/// Rejected: a state whose rank or element type changes.
/// </summary>
internal sealed class Loop : ControlFlowOp
{
    private const string BodyAttribute = "body";
    private const string StatesAttribute = "states";

    public override IReadOnlyList<int> Versions => [1, 11, 13, 16, 19, 21, 23, 24, 25];

    public override IReadOnlyList<Value?> Import(ControlFlowImporter node)
    {
        var graph = node.Graph(BodyAttribute);
        var states = Math.Max(0, node.Inputs.Count - 2);
        if (graph.Inputs.Count != states + 2 || graph.Outputs.Count < states + 1)
        {
            throw new OperatorException($"its graph has {graph.Inputs.Count} inputs and {graph.Outputs.Count} outputs, which does not fit {states} states");
        }

        string[] names = [.. graph.Inputs.Select(input => input.Name)];
        return Import(node, node.Input(0), node.Input(1), [.. Enumerable.Range(0, states).Select(i => node.Require(i + 2))], names, (captures, formals) => node.Body(BodyAttribute, captures, formals));
    }

    public override int OperandsOf(Node node) => 2 + node.Attributes.Int(StatesAttribute, 0);

    public override Attributes Standard(Attributes attributes) => attributes.Without(StatesAttribute);

    /// <summary>The loop that runs a graph of a node for every tensor of a sequence, and collects each of its outputs in a sequence.</summary>
    public static IReadOnlyList<Value?> Map(ControlFlowImporter node, string attribute, Value sequence)
    {
        var graph = node.Graph(attribute);
        IReadOnlyList<Value> Round(ImportScope body, Value iteration) =>
            node.Import(attribute, body, SequenceMap.Operands(node, node.Inputs.Select(input => input is null ? null : body.Inner(input)), iteration, body));

        // Once for the element types alone.
        var iteration = node.Formal("iteration", TensorType.Of(ElementType.Int64), [Dim.Symbol(node.NewSymbol("iteration"))]);
        Value[] initial = [.. Round(node.NewScope(new CaptureList()), iteration).Select(result =>
            node.Expand(new SequenceEmpty(), 1, Attributes.Of(("dtype", (long)result.Type.Element)), [])[0])];
        string[] names = ["iteration", "condition", .. graph.Outputs.Select(output => output.Name)];
        return new Loop().Import(node, node.Expand(new SequenceLength(), 1, Attributes.None, [sequence])[0], null, initial, names, (captures, formals) =>
        {
            var body = node.NewScope(captures);
            var results = Round(body, formals[0]).Select((result, i) => node.Expand(new SequenceInsert(), 1, Attributes.None, [formals[i + 2], result], body)[0]);
            return new FlowBody(graph, body, formals, [formals[1], .. results]);
        });
    }

    // A state that is a sequence is a state for each of its parts.
    private IReadOnlyList<Value?> Import(
        ControlFlowImporter node, Value? trips, Value? condition, Value[] initial, IReadOnlyList<string> names, Func<CaptureList, IReadOnlyList<Value>, FlowBody> import)
    {
        var iteration = node.NewSymbol("iteration");
        var symbols = new List<string> { iteration };
        TensorType[] types = [.. initial.SelectMany(ValueParts.Of).Select(value => value.Type)];
        while (true)
        {
            var captures = new CaptureList();
            var body = import(captures,
            [
                node.Formal(names[0], TensorType.Of(ElementType.Int64), [Dim.Symbol(iteration)]),
                node.Formal(names[1], TensorType.Of(ElementType.Bool)),
                .. StateFormals(node, names, initial, types),
            ]);
            SequenceForm[] forms = [.. initial.Select((value, i) => SequenceForm.Common(value, body.Results[i + 1]))];
            if (initial.Zip(forms).Any(state => !state.Second.Equals(SequenceForm.Of(state.First))))
            {
                // A round makes something more general of a state: the loop begins with that.
                initial = [.. initial.Zip(forms, (value, form) => form.Convert(node, value, null))];
                types = [.. initial.SelectMany(ValueParts.Of).Select(value => value.Type)];
                continue;
            }

            body = body with { Results = [.. body.Results.Select((value, i) => i >= 1 && i <= initial.Length ? forms[i - 1].Convert(node, value, body.Scope) : value)] };
            if (!Widen(types, [.. body.Results.Take(1 + initial.Length).SelectMany(ValueParts.Of)], symbols, node))
            {
                var attributes = node.Attributes.With(BodyAttribute, body.ToGraph()).With(StatesAttribute, types.Length).With(InferContext.SymbolsAttribute, symbols.ToArray());
                return node.Add(this, [trips, condition, .. initial.SelectMany(ValueParts.Of), .. captures.Values], attributes, [.. body.Results.Skip(1)]);
            }
        }
    }

    private static IEnumerable<Value> StateFormals(ControlFlowImporter node, IReadOnlyList<string> names, IReadOnlyList<Value> initial, IReadOnlyList<TensorType> types)
    {
        var next = 0;
        foreach (var (i, value) in initial.Index())
        {
            Value[] parts = [.. ValueParts.Names(names[i + 2], value.Type.Kind).Select(part => node.Formal(part, types[next++]))];
            yield return value.Parts is null ? parts[0] : Value.Of(names[i + 2], value.Parts.With(parts));
        }
    }

    // What a round makes of the state must be what the next one takes: where a dimension is another, it becomes a symbol, and the body is imported again.
    private static bool Widen(TensorType[] types, IReadOnlyList<Value> results, List<string> symbols, ControlFlowImporter node)
    {
        var changed = false;
        for (var i = 0; i < types.Length; i++)
        {
            var (before, after) = (types[i], results[i + 1].Type);
            if (before.Element != after.Element || before.Rank != after.Rank || before.Kind != after.Kind)
            {
                throw OperatorException.Unsupported($"state {i} is {before} before a round and {after} after it: a state that changes its rank or element type is not supported");
            }

            Dim[] shape = [.. before.Shape];
            for (var axis = 0; axis < shape.Length; axis++)
            {
                if (!shape[axis].Equals(after.Shape[axis]) && !IsState(shape[axis], symbols))
                {
                    symbols.Add(node.NewSymbol($"{results[i + 1].Name}_size{axis}"));
                    shape[axis] = Dim.Symbol(symbols[^1]);
                    changed = true;
                }
            }

            types[i] = before.With(shape);
        }

        return changed;
    }

    private static bool IsState(Dim dim, List<string> symbols) => symbols.Skip(1).Any(symbol => dim.Equals(Dim.Symbol(symbol)));

    public override void Infer(InferContext context)
    {
        var body = context.Attributes.Require<Graph>(BodyAttribute);
        var states = context.Attributes.Int(StatesAttribute, 0);
        for (var i = 0; i < states; i++)
        {
            context.OutputValue(i, body.Inputs[i + 2].Type);
        }

        _ = context.Input(0) is null ? null : context.RequireElements(0, saturates: true);
        var rounds = Rounds(context.Attributes, context.Input(0), context.Input(1));
        for (var i = states; i < body.Outputs.Count - 1; i++)
        {
            context.Output(i, body.Outputs[i + 1].Value.Type.Prepended(rounds));
        }
    }

    public override void Lower(LowerContext context)
    {
        var body = context.Attributes.Require<Graph>(BodyAttribute);
        var states = context.Attributes.Int(StatesAttribute, 0);
        var condition = IsCounted(context.Attributes, context.Node.Input(1)) ? null : context.Temporary(ElementType.Bool, Dim.One, "condition");
        var trips = Trips(context.Node.Input(0));
        if (condition is null && trips is null)
        {
            throw new OperatorException("the loop never ends: it has neither a number of rounds nor a condition");
        }

        var loop = new LoopLowering(context, body, InferContext.SymbolsOf(context.Attributes));
        for (var i = 0; i < states; i++)
        {
            loop.AddState(body.Inputs[i + 2], context.Input(i + 2), body.Outputs[i + 1].Value, context.Node.Outputs[i]);
        }

        for (var i = states; i < body.Outputs.Count - 1; i++)
        {
            loop.AddRows(body.Outputs[i + 1].Value, context.Node.Outputs[i]);
        }

        loop.Lower(trips, condition, context.Node.Input(1), body.Inputs[1], body.Outputs[0].Value, [.. context.Node.Inputs.Skip(2 + states).Select(input => input!)]);
    }

    // The number of rows: known where nothing but the number of rounds ends the loop.
    private static Dim Rounds(Attributes attributes, Value? trips, Value? condition) =>
        IsCounted(attributes, condition) && Trips(trips) is { } count ? Dim.Max(count, Dim.Zero) : Dim.Symbol(InferContext.SymbolsOf(attributes)[0]);

    // A number that large is how exporters write "until the condition fails".
    private static Dim? Trips(Value? trips) => trips?.Elements is [var count] && !(count.IsConstant && count.Constant >= int.MaxValue) ? count : null;

    // Whether the condition holds in every round.
    private static bool IsCounted(Attributes attributes, Value? condition)
    {
        var body = attributes.Require<Graph>(BodyAttribute);
        var next = body.Outputs[0].Value;
        while (body.ProducerOf(next) is { } producer && producer.Is("Identity"))
        {
            next = producer.Inputs[0]!;
        }

        return IsTrue(condition) && (next == body.Inputs[1] || (next.Constant is not null && IsTrue(next)));
    }

    private static bool IsTrue(Value? condition) => condition is null || condition.Constant is { Type: ElementType.Bool, Length: 1 } constant && constant.As<bool>()[0];
}
