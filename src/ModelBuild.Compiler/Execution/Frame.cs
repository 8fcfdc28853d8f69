using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Execution;

/// <summary>The arguments of one kernel call, evaluated for given sizes; a bound kernel reads them by position.</summary>
internal sealed class Frame
{
    private readonly Memory<byte>[] _buffers;
    private readonly string[]?[] _texts;
    private readonly object?[] _values;

    /// <param name="step">The call.</param>
    /// <param name="buffer">The memory of each buffer of the program, cut to the size it has in this run.</param>
    /// <param name="texts">The same of buffers of texts.</param>
    /// <param name="symbol">The size of each symbol.</param>
    public Frame(KernelStep step, Func<int, Memory<byte>> buffer, Func<int, string[]> texts, Func<string, long> symbol)
    {
        var parameters = step.Method.GetParameters();
        _buffers = new Memory<byte>[parameters.Length];
        _texts = new string[parameters.Length][];
        _values = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = KernelMethod.TypeOf(parameters[i]);
            switch (step.Call.Arguments[i])
            {
                case BufferArgument argument when KernelMethod.IsSpan(type, out var element, out _) && element == typeof(string):
                    _texts[i] = texts(argument.Buffer);
                    break;
                case BufferArgument argument:
                    _buffers[i] = buffer(argument.Buffer);
                    break;
                case ScalarArgument argument:
                    _values[i] = Evaluate(argument.Value, type, symbol);
                    break;
                case StructArgument argument:
                    _values[i] = Make(type, argument.Fields, symbol);
                    break;
                default:
                    throw new InvalidOperationException($"Parameter '{parameters[i].Name}' has no argument.");
            }
        }
    }

    /// <summary>The span for parameter <paramref name="index"/>.</summary>
    public Span<T> Span<T>(int index)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_buffers[index].Span);

    /// <summary>The span for parameter <paramref name="index"/>.</summary>
    public ReadOnlySpan<T> ReadOnlySpan<T>(int index)
        where T : unmanaged => Span<T>(index);

    /// <summary>The texts for parameter <paramref name="index"/>.</summary>
    public Span<string> Texts(int index) => _texts[index];

    /// <inheritdoc cref="Texts"/>
    public ReadOnlySpan<string> ReadOnlyTexts(int index) => _texts[index];

    /// <summary>The number or struct for parameter <paramref name="index"/>.</summary>
    public T Value<T>(int index) => (T)_values[index]!;

    private static object Make(Type type, IReadOnlyList<StructField> fields, Func<string, long> symbol)
    {
        var constructor = StructLiteral.FindConstructor(type);
        return constructor is null || fields.Count == 0
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Zip(fields, (parameter, field) => Evaluate(field.Value, parameter.ParameterType, symbol))]);
    }

    private static object Evaluate(Scalar scalar, Type type, Func<string, long> symbol) => scalar switch
    {
        IntegerScalar integer when type.IsEnum => Enum.ToObject(type, integer.Value.Evaluate(symbol)),
        IntegerScalar integer => Convert.ChangeType(integer.Value.Evaluate(symbol), type, CultureInfo.InvariantCulture),
        FloatScalar number => number.Value,
        DoubleScalar number => number.Value,
        BoolScalar truth => truth.Value,
        _ => throw new InvalidOperationException($"{scalar} is not a number."),
    };
}
