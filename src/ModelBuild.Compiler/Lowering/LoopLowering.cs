using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Lowers a loop. Every state has a place that its value before the loop is copied to, and the value that a round makes at the end of the round; rows go behind one
/// another.
/// </summary>
/// <param name="context">The node.</param>
/// <param name="body">The graph that is repeated.</param>
/// <param name="symbols">The symbol that counts the rounds, and those of sizes that change.</param>
internal sealed class LoopLowering(LowerContext context, Graph body, IReadOnlyList<string> symbols)
{
    private readonly FlowLowering _flow = new(context);
    private readonly List<(Value Formal, Value Initial, Value Next, Value Place)> _states = [];
    private readonly List<(Value Row, Value Rows, Dim Index)> _rows = [];

    private Dim Iteration => Dim.Symbol(symbols[0]);

    /// <summary>A state.</summary>
    /// <param name="formal">What the body takes.</param>
    /// <param name="initial">Its value before the first round.</param>
    /// <param name="next">What the body makes.</param>
    /// <param name="result">The node's output; null where nobody wants it.</param>
    public void AddState(Value formal, Value initial, Value next, Value? result)
    {
        // The state lies where the node's output does; a place of its own where there is none.
        var place = result ?? Value.Of($"{formal.Name}_state", formal.Type);
        _states.Add((formal, initial, next, place));
    }

    /// <summary>An output that collects a row from each round.</summary>
    /// <param name="row">What the body makes.</param>
    /// <param name="rows">The node's output; null where nobody wants it.</param>
    /// <param name="index">Which of the rows it becomes; the next one where null.</param>
    public void AddRows(Value row, Value? rows, Dim? index = null)
    {
        if (rows is not null)
        {
            _rows.Add((row, rows, index ?? Iteration));
        }
    }

    /// <summary>Emits the loop.</summary>
    /// <param name="trips">The largest number of rounds; null for any.</param>
    /// <param name="condition">Where the condition is kept; null where it always holds.</param>
    /// <param name="first">The condition before the first round; null for true.</param>
    /// <param name="formalCondition">What the body takes as condition; null where it takes none.</param>
    /// <param name="nextCondition">What the body makes of it.</param>
    /// <param name="captures">What the body reads from around the loop.</param>
    /// <param name="beginRound">Emits what makes operands of the body that differ from round to round.</param>
    public void Lower(Dim? trips, Value? condition, Value? first, Value? formalCondition, Value? nextCondition, IReadOnlyList<Value> captures, System.Action? beginRound = null)
    {
        foreach (var symbol in symbols)
        {
            context.Declare(DimSymbol.Size(symbol));
        }

        Begin();
        var always = condition;
        if (condition is not null && first is not null)
        {
            context.CopyValue(first, condition);
        }
        else if (condition is not null || (formalCondition is not null && body.Consumers[formalCondition].Any()))
        {
            always ??= context.Temporary(ElementType.Bool, Dim.One, "true");
            context.Call(typeof(Store), nameof(Store.Run), always, 0, (Scalar)true);
        }

        if (formalCondition is not null && always is not null)
        {
            context.Builder.Alias(formalCondition, always);
        }

        _flow.Begin(new LoopStep(symbols[0], trips, condition is null ? -1 : context.BufferOf(condition), context.Node.Origins, context.Note));
        if (body.Inputs.Count > 0 && body.Inputs[0].Elements is [var round] && round.Equals(Iteration))
        {
            context.Call(typeof(Store), nameof(Store.Run), body.Inputs[0], 0, (Scalar)Iteration);
        }

        beginRound?.Invoke();
        _flow.LowerBody(body, captures, []);
        foreach (var (row, rows, index) in _rows)
        {
            // Until the loop ends there are as many rows as there were rounds.
            var written = rows.Type.Shape[0].Equals(Iteration) ? _flow.View(rows, row.Type.Prepended(Iteration + 1)) : rows;
            context.Call(typeof(StoreRow), nameof(StoreRow.Run), row, written, index);
        }

        End();
        if (condition is not null)
        {
            context.CopyValue(nextCondition!, condition);
        }

        _flow.End();
    }

    private void Begin()
    {
        foreach (var (formal, initial, _, place) in _states)
        {
            context.CopyValue(initial, _flow.View(place, initial.Type));
            context.Builder.Alias(formal, place);
        }

        _flow.Assign(_states.Select(state => ((TensorType?)state.Formal.Type, state.Initial.Type)));
        ClearSizesOfRows();
    }

    // A loop without rounds gives no row, whose size is then not known: 0.
    private void ClearSizesOfRows()
    {
        var sizes = _rows.SelectMany(row => row.Row.Type.Shape).SelectMany(dim => dim.Symbols).Distinct().Where(body.Nodes.SelectMany(node => node.Symbols).Contains).ToArray();
        if (sizes.Length > 0)
        {
            _flow.Begin(new AssignStep([.. sizes.Select(symbol => new SymbolAssignment(symbol, Dim.Zero))], context.Node.Origins, "sizes"));
        }
    }

    // All states change at once: one that becomes the value of another one before it is overwritten is kept aside.
    private void End()
    {
        var places = _states.Select(state => state.Place).ToArray();
        var changed = _states.Where(state => !context.Builder.SharesBuffer(state.Next, state.Place)).ToArray();
        var next = changed.Select(state =>
        {
            if (!places.Any(place => context.Builder.SharesMemory(state.Next, place)))
            {
                return state.Next;
            }

            var kept = Value.Of($"{state.Formal.Name}_next", state.Next.Type);
            context.CopyValue(state.Next, kept);
            return kept;
        }).ToArray();
        foreach (var (state, value) in changed.Zip(next))
        {
            context.CopyValue(value, _flow.View(state.Place, value.Type));
        }

        _flow.Assign(_states.Select(state => ((TensorType?)state.Formal.Type, state.Next.Type)));
    }
}
