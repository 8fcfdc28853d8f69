using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Runs a graph for every slice of some inputs along an axis: the graph gets the state and the slices, and gives the next state, and a slice for each output that is
/// put together from them. https://onnx.ai/onnx/operators/onnx__Scan.html
/// Versions: 8 (a batch axis in front of everything, and lengths of sequences), 9, 11, 16, 19, 21, 23, 24, 25 (more types). Rejected: in version 8 a batch of unknown
/// size, and lengths; a state whose shape changes.
/// </summary>
internal sealed class Scan : ControlFlowOp
{
    private const string BodyAttribute = "body";
    private const string StatesAttribute = "states";

    public override IReadOnlyList<int> Versions => [8, 9, 11, 16, 19, 21, 23, 24, 25];

    public override IReadOnlyList<Value?> Import(ControlFlowImporter node)
    {
        if (node.Version > 8)
        {
            return Import(node, node.Inputs, node.Add);
        }

        if (node.Input(0) is not null)
        {
            throw OperatorException.Unsupported("Scan with lengths of sequences is not supported");
        }

        // Everything has a batch axis in front: a scan for each of it.
        if (node.Require(1).Type is not { Rank: > 0 } type || !type[0].IsConstant)
        {
            throw OperatorException.Unsupported("Scan of operator set 8 over a batch of unknown size is not supported", "Fix the size with Dimensions.");
        }

        var results = new List<IReadOnlyList<Value?>>();
        for (var i = 0L; i < type[0].Constant; i++)
        {
            Value Sample(Value? value) => node.Add("Gather", Attributes.None, value, Value.Of("sample", Tensor.Scalar(i)));
            results.Add(Import(node, [.. node.Inputs.Skip(1).Select(Sample)], node.AddPart));
        }

        Value Joined(int output) => node.Add("Concat", Attributes.Of(("axis", 0)), [.. results.Select(result =>
            (Value?)node.Add("Unsqueeze", Attributes.None, result[output], Value.Of("axes", Tensor.Vector([0]))))]);
        return [.. node.Outputs.Select((name, output) => name is null ? null : Joined(output))];
    }

    private IReadOnlyList<Value?> Import(
        ControlFlowImporter node, IReadOnlyList<Value?> inputs, Func<Op, IReadOnlyList<Value?>, Attributes, IReadOnlyList<Value?>> add)
    {
        var graph = node.Graph(BodyAttribute);
        var scans = node.Attributes.Int("num_scan_inputs", 0);
        var states = inputs.Count - scans;
        if (scans < 1 || states < 0 || inputs.Any(input => input is null or { Parts: not null }) || graph.Outputs.Count < states)
        {
            throw new OperatorException($"{inputs.Count} inputs, {scans} of them to be cut in slices, do not fit a graph with {graph.Inputs.Count} inputs and {graph.Outputs.Count} outputs");
        }

        var iteration = node.NewSymbol("iteration");
        var captures = new CaptureList();
        var formals = graph.Inputs.Select((formal, i) => i >= inputs.Count
            ? throw new OperatorException($"its graph has {graph.Inputs.Count} inputs where {inputs.Count} are given")
            : node.Formal(formal.Name, i < states ? inputs[i]!.Type : Slice(inputs[i]!.Type, InputAxis(node.Attributes, i - states, inputs[i]!.Type))));
        var body = node.Body(BodyAttribute, captures, [.. formals]);
        var attributes = node.Attributes.With(BodyAttribute, body.ToGraph()).With(StatesAttribute, states).With(InferContext.SymbolsAttribute, new[] { iteration });
        var results = add(this, [.. inputs, .. captures.Values], attributes);
        return [.. results.Select((result, i) => result is null || i < states ? result : AlongAxis(node, result, OutputAxis(node.Attributes, i - states, result.Type.Rank)))];
    }

    public override int OperandsOf(Node node) => node.Attributes.Int(StatesAttribute, 0) + node.Attributes.Int("num_scan_inputs", 0);

    /// <summary>Rows are put together along the first axis, and moved to their place by the nodes behind.</summary>
    public override Attributes Standard(Attributes attributes) => attributes.Without(StatesAttribute).Without("scan_output_axes");

    public override void Infer(InferContext context)
    {
        var body = context.Attributes.Require<Graph>(BodyAttribute);
        var states = context.Attributes.Int(StatesAttribute, 0);
        for (var i = 0; i < body.Outputs.Count; i++)
        {
            var type = body.Outputs[i].Value.Type;
            if (i < states && !type.Equals(context.Type(i)))
            {
                throw OperatorException.Unsupported($"state {i} is {context.Type(i)} before a round and {type} after it: a state of Scan that changes is not supported");
            }

            context.OutputValue(i, i < states ? type : type.Prepended(Rounds(context.Attributes, context.Type(states))));
        }
    }

    public override void Lower(LowerContext context)
    {
        var attributes = context.Attributes;
        var body = attributes.Require<Graph>(BodyAttribute);
        var states = attributes.Int(StatesAttribute, 0);
        var scans = attributes.Int("num_scan_inputs", 0);
        var rounds = Rounds(attributes, context.Input(states).Type);
        var symbols = InferContext.SymbolsOf(attributes);
        var iteration = Dim.Symbol(symbols[0]);
        Dim Index(string directions, int i) => attributes.Ints(directions, []) is { } reversed && i < reversed.Length && reversed[i] != 0 ? rounds - 1 - iteration : iteration;

        var loop = new LoopLowering(context, body, symbols);
        for (var i = 0; i < body.Outputs.Count; i++)
        {
            var result = i < context.Node.Outputs.Count ? context.Node.Outputs[i] : null;
            if (i < states)
            {
                loop.AddState(body.Inputs[i], context.Input(i), body.Outputs[i].Value, result);
            }
            else
            {
                loop.AddRows(body.Outputs[i].Value, result, Index(context.Node.Version == 8 ? string.Empty : "scan_output_directions", i - states));
            }
        }

        foreach (var i in Enumerable.Range(0, scans))
        {
            // The lengths of all slices must agree.
            var type = context.Input(states + i).Type;
            context.RequireZero(type[InputAxis(attributes, i, type)] - rounds, $"input {states + i} has not as many slices as the others");
        }

        loop.Lower(rounds, null, null, null, null, [.. context.Node.Inputs.Skip(states + scans).Select(input => input!)], () =>
        {
            for (var i = 0; i < scans; i++)
            {
                var input = context.Input(states + i);
                var axis = InputAxis(attributes, i, input.Type);
                var strides = KernelAxes.Strides(input.Type.Shape);
                var axes = input.Type.Shape.Zip(strides).Where((_, other) => other != axis);
                new StridedLayout(Index(context.Node.Version == 8 ? "directions" : "scan_input_directions", i) * strides[axis], axes).Emit(context, input, body.Inputs[states + i]);
            }
        });
    }

    private static Dim Rounds(Attributes attributes, TensorType first) => first[InputAxis(attributes, 0, first)];

    private static TensorType Slice(TensorType type, int axis) => type.With([.. type.Shape.Where((_, other) => other != axis)]);

    private static int InputAxis(Attributes attributes, int index, TensorType type) =>
        InferContext.Axis(attributes.Ints("scan_input_axes", []) is { } axes && index < axes.Length ? axes[index] : 0, type.Rank);

    private static int OutputAxis(Attributes attributes, int index, int rank) =>
        InferContext.Axis(attributes.Ints("scan_output_axes", []) is { } axes && index < axes.Length ? axes[index] : 0, rank);

    // The rows were put together along the first axis.
    private static Value AlongAxis(ControlFlowImporter node, Value rows, int axis)
    {
        if (axis == 0)
        {
            return rows;
        }

        long[] perm = [.. Enumerable.Range(1, axis).Select(i => (long)i), 0, .. Enumerable.Range(axis + 1, rows.Type.Rank - axis - 1).Select(i => (long)i)];
        return node.Add("Transpose", Attributes.Of(("perm", perm)), rows);
    }
}
