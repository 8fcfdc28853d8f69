using System;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Sources;
using ModelBuild.Plan;
using static ModelBuild.Generator.Reading.PlanChecks;

namespace ModelBuild.Generator.Reading;

/// <summary>What must hold of a kernel call.</summary>
internal static class CallChecks
{
    /// <summary>Checks <paramref name="call"/>.</summary>
    /// <exception cref="FormatException">Something does not hold; the message says what.</exception>
    public static void Check(ModelPlan plan, KernelCall call, KernelLibrary library, Action<Dim> checkDim, bool isPreparation)
    {
        var parts = call.Kernel.Split('.');
        Require(parts.Length == 2 && parts.All(SyntaxFacts.IsValidIdentifier), $"'{call.Kernel}' is not a kernel's class and method.");
        Require(library.Declares(parts[0]), $"kernel '{call.Kernel}' is not in this version of the generator.");
        checkDim(call.Parts);
        checkDim(call.BriefParts);
        Require(
            !call.IsParallel || (!isPreparation && library.Declares(call.PartKernel.Split('.')[0])),
            $"a call of {call.Kernel} has {call.Parts} parts, but cannot be cut.");
        foreach (var type in call.TypeArguments)
        {
            CheckType(type, library);
        }

        foreach (var argument in call.Arguments)
        {
            CheckName(argument.Parameter, call);
            switch (argument)
            {
                case BufferArgument buffer:
                    CheckBuffer(plan, call, buffer, isPreparation);
                    break;
                case ScalarArgument scalar:
                    CheckScalar(scalar.Value, checkDim);
                    break;
                case StructArgument value:
                    CheckType(value.Type, library);
                    foreach (var field in value.Fields)
                    {
                        CheckName(field.Name, call);
                        CheckScalar(field.Value, checkDim);
                    }

                    break;
            }
        }
    }

    private static void CheckBuffer(ModelPlan plan, KernelCall call, BufferArgument argument, bool isPreparation)
    {
        Require(
            argument.Buffer >= 0 && argument.Buffer < plan.Buffers.Count,
            $"a call of {call.Kernel} names buffer {argument.Buffer}, which does not exist.");
        var buffer = plan.Buffers[argument.Buffer];
        var isAllowed = (buffer.Storage, argument.IsWritten, isPreparation) switch
        {
            (Storage.Constant, var isWritten, _) => !isWritten,
            (Storage.Prepared, var isWritten, _) => isPreparation || !isWritten,
            (Storage.Input, var isWritten, _) => !isPreparation && !isWritten,
            _ => !isPreparation,
        };
        Require(
            isAllowed,
            $"a call of {call.Kernel} {(argument.IsWritten ? "writes" : "reads")} buffer '{buffer.Name}', which it cannot: it is of storage {buffer.Storage}"
            + (isPreparation ? " and the call is a preparation." : "."));
    }

    private static void CheckScalar(Scalar scalar, Action<Dim> checkDim)
    {
        if (scalar is IntegerScalar integer)
        {
            checkDim(integer.Value);
        }
    }

    private static void CheckName(string name, KernelCall call) =>
        Require(SyntaxFacts.IsValidIdentifier(name), $"'{name}' in a call of {call.Kernel} is not an identifier.");

    private static void CheckType(TypeReference type, KernelLibrary library)
    {
        Require(
            type.Element is { } element ? element.IsSupported() : SyntaxFacts.IsValidIdentifier(type.Name) && library.Declares(type.Name),
            $"type '{type}' is not in this version of the generator.");
        foreach (var argument in type.Arguments)
        {
            CheckType(argument, library);
        }
    }
}
