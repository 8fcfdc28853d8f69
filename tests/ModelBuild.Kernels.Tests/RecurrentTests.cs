using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class RecurrentTests
{
    private static readonly RecurrentActivation Sigmoid = new((int)RecurrentFunction.Sigmoid, 0, 0);

    private static readonly RecurrentActivation Tanh = new((int)RecurrentFunction.Tanh, 0, 0);

    public static TheoryData<int, int, int, bool, bool> Shapes => new()
    {
        { 1, 1, 1, false, false }, { 3, 1, 16, true, false }, { 4, 1, 33, false, false }, { 5, 3, 20, false, true }, { 3, 9, 7, true, true }, { 2, 17, 48, false, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LSTM_gives_the_same_bits_on_every_instruction_set(int steps, int batch, int hidden, bool isReverse, bool varies)
    {
        foreach (var (clip, couples, peeps) in new[] { (float.PositiveInfinity, false, true), (0.7f, true, false), (float.PositiveInfinity, false, false) })
        {
            var shape = new RecurrentShape(steps, batch, hidden, isReverse, clip);
            var (inputs, recurrence, lengths) = Operands(shape, 4, varies);
            var initial = new Guarded<float>(FloatSamples.Tame(batch * hidden, 3));
            var peepholes = new Guarded<float>(peeps ? FloatSamples.Tame(3 * hidden, 4) : []);
            var (y, h, c) = (new float[steps * batch * hidden], new float[batch * hidden], new float[batch * hidden]);
            LstmF32.Reference(inputs.Span, recurrence.Span, default, initial.Span, lengths, peepholes.Span, new float[5 * (batch + 1) * shape.Padded], y, h, c, shape, couples, Sigmoid, Tanh, Tanh);
            foreach (var isa in IsaLevels.Supported)
            {
                Guarded<float> scratch = new(5 * (batch + 1) * shape.Padded), actual = new(y.Length), state = new(h.Length), cell = new(c.Length);
                LstmF32.RunOn(isa, inputs.Span, recurrence.Span, default, initial.Span, lengths, peepholes.Span, scratch.Span, actual.Span, state.Span, cell.Span, shape, couples, Sigmoid, Tanh, Tanh);
                Check(isa, (actual, y), (state, h), (cell, c));
                scratch.AssertIntact($"{isa}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GRU_gives_the_same_bits_on_every_instruction_set(int steps, int batch, int hidden, bool isReverse, bool varies)
    {
        foreach (var resetsProduct in new[] { false, true })
        {
            var shape = new RecurrentShape(steps, batch, hidden, isReverse, 2);
            var (inputs, recurrence, lengths) = Operands(shape, 3, varies);
            var initial = new Guarded<float>(FloatSamples.Tame(batch * hidden, 3));
            var bias = new Guarded<float>(FloatSamples.Tame(hidden, 4));
            var (y, h) = (new float[steps * batch * hidden], new float[batch * hidden]);
            GruF32.Reference(inputs.Span, recurrence.Span, bias.Span, initial.Span, lengths, new float[5 * (batch + 1) * shape.Padded], y, h, shape, resetsProduct, Sigmoid, Tanh);
            foreach (var isa in IsaLevels.Supported)
            {
                Guarded<float> scratch = new(5 * (batch + 1) * shape.Padded), actual = new(y.Length), state = new(h.Length);
                GruF32.RunOn(isa, inputs.Span, recurrence.Span, bias.Span, initial.Span, lengths, scratch.Span, actual.Span, state.Span, shape, resetsProduct, Sigmoid, Tanh);
                Check(isa, (actual, y), (state, h));
                scratch.AssertIntact($"{isa}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void RNN_gives_the_same_bits_on_every_instruction_set_with_every_function(int steps, int batch, int hidden, bool isReverse, bool varies)
    {
        foreach (var function in Enum.GetValues<RecurrentFunction>())
        {
            var shape = new RecurrentShape(steps, batch, hidden, isReverse, 5);
            var (inputs, recurrence, lengths) = Operands(shape, 1, varies);
            var f = new RecurrentActivation((int)function, 0.5f, 0.25f);
            var (y, h) = (new float[steps * batch * hidden], new float[batch * hidden]);
            RnnF32.Reference(inputs.Span, recurrence.Span, default, lengths, new float[(batch + 1) * shape.Padded], y, h, shape, f);
            foreach (var isa in IsaLevels.Supported)
            {
                Guarded<float> scratch = new((batch + 1) * shape.Padded), actual = new(y.Length), state = new(h.Length);
                RnnF32.RunOn(isa, inputs.Span, recurrence.Span, default, lengths, scratch.Span, actual.Span, state.Span, shape, f);
                Check(isa, (actual, y), (state, h));
                scratch.AssertIntact($"{isa}");
            }
        }
    }

    [Fact]
    public void Behind_the_end_of_a_sequence_outputs_are_0_and_the_state_stays()
    {
        var shape = new RecurrentShape(3, 2, 5, true, float.PositiveInfinity);
        var (inputs, recurrence, _) = Operands(shape, 1, false);
        float[] y = new float[30], h = new float[10];
        RnnF32.Run(inputs.Span, recurrence.Span, default, [1, 3], new float[3 * shape.Padded], y, h, shape, Tanh);
        y.AsSpan(0, 5).ToArray().ShouldBe(inputs.Span[..5].ToArray().Select(MathF.Tanh), 1e-6);
        h.AsSpan(0, 5).ToArray().ShouldBe(y[..5]);
        y.AsSpan(10, 5).ToArray().ShouldAllBe(value => value == 0);
        y.AsSpan(20, 5).ToArray().ShouldAllBe(value => value == 0);
    }

    private static (Guarded<float> Inputs, Guarded<float> Recurrence, int[] Lengths) Operands(in RecurrentShape shape, int gates, bool varies)
    {
        var packed = new float[gates * shape.Padded * shape.Hidden];
        RecurrentPack.Run(FloatSamples.Tame(gates * shape.Hidden * shape.Hidden, 2), packed, shape.Hidden, gates);
        var steps = shape.Steps;
        return (
            new Guarded<float>(FloatSamples.Tame(shape.Steps * shape.Batch * gates * shape.Hidden, 1)),
            new Guarded<float>(packed),
            varies ? [.. Enumerable.Range(0, shape.Batch).Select(b => b % (steps + 1))] : []);
    }

    private static void Check(IsaLevel isa, params (Guarded<float> Actual, float[] Expected)[] results)
    {
        foreach (var (actual, expected) in results)
        {
            Bits.ShouldEqual<float>(actual.Span, expected, $"{isa}");
            actual.AssertIntact($"{isa}");
        }
    }
}
