using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// What is only copied into a concatenation along the channels is computed there: a kernel that can do that has, beside a method, one of the same name and <c>Into</c>, which takes
/// the channels of the concatenation and those before its own besides.
/// </summary>
internal static class ConcatInPlace
{
    /// <summary>The program with fewer copies.</summary>
    public static KernelProgram Apply(KernelProgram program)
    {
        var steps = program.Steps.ToList<ProgramStep?>();
        var uses = program.Steps.Index().SelectMany(step => step.Item.Plan.Buffers.Select(argument => (argument.Buffer, argument.IsWritten, step.Index))).ToLookup(use => use.Buffer);
        var viewed = program.Buffers.Select(buffer => buffer.Over).ToHashSet();
        foreach (var (position, copy) in program.Steps.Index())
        {
            if (copy is not KernelStep { Call.Arguments: [BufferArgument x, BufferArgument y, _, ScalarArgument length, ScalarArgument stride, ScalarArgument offset] } part
                || part.Method.DeclaringType != typeof(ConcatPart))
            {
                continue;
            }

            var (source, target) = (program.Buffers[x.Buffer], program.Buffers[y.Buffer]);
            var isOwn = source is { Storage: Storage.Arena, Over: null } && target.Over is null && !viewed.Contains(x.Buffer) && !viewed.Contains(y.Buffer);
            if (isOwn && uses[x.Buffer].ToArray() is [(_, true, var maker), (_, false, _)] && uses[y.Buffer].All(use => use.IsWritten || use.Index > position)
                && !steps[maker..position].OfType<FlowStep>().Any() && Into((KernelStep)steps[maker]!, x.Buffer, length) is { } method)
            {
                steps[maker] = Moved((KernelStep)steps[maker]!, method, part, x.Buffer, y.Buffer, [stride, offset]);
                steps[position] = null;
            }
        }

        return program with { Steps = [.. steps.OfType<ProgramStep>()] };
    }

    // The method that writes into a concatenation, if all channels of the output are the part that is copied.
    private static MethodInfo? Into(KernelStep maker, int output, ScalarArgument length)
    {
        var channels = maker.Call.Arguments.OfType<StructArgument>().SelectMany(shape => shape.Fields).FirstOrDefault(field => field.Name == nameof(ConvShape.OutputChannels));
        var isOutput = maker.Call.Arguments.OfType<BufferArgument>().Any(argument => argument.Buffer == output && argument.IsResult);
        return isOutput && channels is not null && channels.Value.Equals(length.Value) ? maker.Method.DeclaringType!.GetMethod($"{maker.Method.Name}Into") : null;
    }

    private static KernelStep Moved(KernelStep maker, MethodInfo method, KernelStep copy, int from, int to, IEnumerable<Argument> place)
    {
        var arguments = maker.Call.Arguments.Select(argument => argument is BufferArgument buffer && buffer.Buffer == from ? buffer with { Buffer = to } : argument).Concat(place);
        var call = maker.Call with { Kernel = $"{maker.Call.Kernel}Into", Arguments = [.. arguments], Nodes = [.. maker.Call.Nodes.Union(copy.Call.Nodes)] };
        return new KernelStep(call, method, copy.Output, KernelMethod.FindPart(method));
    }
}
