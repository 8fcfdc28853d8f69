using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A node that is being lowered: its operator emits kernel calls here.</summary>
internal sealed class LowerContext(ProgramBuilder builder, Node node)
{
    public Node Node { get; } = node;

    internal ProgramBuilder Builder { get; } = builder;

    public Attributes Attributes => Node.Attributes;

    /// <summary>One line about the next calls for the comments of the emitted code: shapes, multiply-adds.</summary>
    public string Note { get; set; } = string.Empty;

    public Value Output => Node.Output;

    /// <summary>Input <paramref name="index"/>, which must be present.</summary>
    public Value Input(int index) => Node.Input(index) ?? throw new OperatorException($"input {index} is missing");

    /// <summary>
    /// Emits a call of a kernel. Arguments stand in the order of the method's parameters: a <see cref="Value"/> for a span, a struct of the kernel library or a
    /// <see cref="StructLiteral"/> where its fields depend on dimensions, a number or a <see cref="Dim"/> for the rest.
    /// </summary>
    public void Call(Type kernel, string method, params object[] arguments) => Builder.AddStep(Node, kernel, method, arguments, Note, isPrepare: false);

    /// <summary>Emits a call that is made once, before the first run; what it writes must be made by <see cref="Temporary"/>.</summary>
    public void Prepare(Type kernel, string method, params object[] arguments) => Builder.AddStep(Node, kernel, method, arguments, Note, isPrepare: true);

    /// <summary>A constant that stands in the weights file, for example packed weights.</summary>
    /// <param name="tensor">What kernels read.</param>
    /// <param name="suffix">What its name ends with.</param>
    /// <param name="note">What it is.</param>
    /// <param name="stored">The form in which the constant of this name stands in the file; null for <paramref name="tensor"/> itself.</param>
    public Value Constant(Tensor tensor, string suffix, string note, Func<string, StoredConstant>? stored = null)
    {
        var value = Value.Of($"{Node.Output.Name}_{suffix}", tensor);
        if (stored is not null)
        {
            Builder.Store(value, stored(value.Name));
        }

        Builder.Annotate(value, note);
        return value;
    }

    /// <summary>Memory that only this node uses.</summary>
    public Value Temporary(ElementType type, Dim length, string suffix) => Value.Of($"{Node.Output.Name}_{suffix}", TensorType.Of(type, length));

    /// <summary>The buffer that a value lies in.</summary>
    public int BufferOf(Value value) => Builder.BufferOf(value);

    /// <summary>Declares a symbol that a step gives its value.</summary>
    public void Declare(DimSymbol symbol) => Builder.AddSymbol(symbol);

    /// <summary>Emits a copy of a value of any kind.</summary>
    public void CopyValue(Value from, Value to) => Call(typeof(Kernels.Copy), nameof(Kernels.Copy.Run), from, to);

    /// <summary>The output has the same values as an input: no call is needed, they share a buffer.</summary>
    public void Alias(Value output, Value input)
    {
        Builder.Alias(output, input);
        if (!Builder.SharesBuffer(output, input))
        {
            Call(typeof(Kernels.Copy), nameof(Kernels.Copy.Run), input, output);
        }
    }

    /// <summary>
    /// Reads an element of an integer value into a symbol, which stands for it from here on.
    /// </summary>
    /// <param name="symbol">The symbol and its bounds.</param>
    /// <param name="value">A vector or scalar of 32-bit or 64-bit integers.</param>
    /// <param name="index">Which element.</param>
    /// <param name="saturates">Whether a number beyond the bounds is taken as the nearest one; otherwise the run fails.</param>
    public void Bind(DimSymbol symbol, Value value, int index, bool saturates)
    {
        Builder.AddSymbol(symbol);
        Builder.AddFlow(new BindStep(symbol.Name, Builder.BufferOf(value), index, saturates, Node.Origins, Note));
    }

    /// <summary>The run fails unless <paramref name="zero"/> is 0, with <paramref name="message"/>, a sentence without a full stop.</summary>
    /// <exception cref="OperatorException">It is another number in every run.</exception>
    public void RequireZero(Dim zero, string message)
    {
        if (!zero.IsConstant)
        {
            Builder.AddFlow(new RequireStep(zero, Node.Origins, message));
        }
        else if (zero.Constant != 0)
        {
            throw new OperatorException(message);
        }
    }
}
