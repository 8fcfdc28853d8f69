using System;
using System.Linq;
using System.Reflection;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests.Parts;

public sealed class PartEntryTests
{
    public static TheoryData<string> Kernels =>
        [.. typeof(Isa).Assembly.GetTypes().Where(type => type.Name.EndsWith("Parts", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true }).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_part_takes_what_the_whole_call_takes_and_its_number(string name)
    {
        var parts = typeof(Isa).Assembly.GetType($"ModelBuild.Kernels.{name}", throwOnError: true)!;
        var kernel = typeof(Isa).Assembly.GetType($"ModelBuild.Kernels.{name[..^"Parts".Length]}", throwOnError: true)!;
        var entries = parts.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly);
        entries.ShouldNotBeEmpty();
        foreach (var entry in entries)
        {
            var whole = kernel.GetMethod(entry.Name)!.GetParameters().Select(Describe);
            entry.GetParameters().Select(Describe).ShouldBe([.. whole, "Int32 part", "Int32 parts"]);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(10, 3)]
    [InlineData(129, 4)]
    [InlineData(int.MaxValue, 64)]
    public void Shares_follow_each_other_from_the_first_unit_to_the_last(int units, int parts)
    {
        foreach (var multiple in new[] { 1, 64 })
        {
            var end = 0;
            for (var part = 0; part < parts; part++)
            {
                var share = multiple == 1 ? Share.Of(units, part, parts) : Share.Of(units, part, parts, multiple);
                share.Begin.ShouldBe(end);
                share.Count.ShouldBeGreaterThanOrEqualTo(0);
                (share.Begin % multiple == 0 || share.Begin == units).ShouldBeTrue();
                end = share.End;
            }

            end.ShouldBe(units);
        }
    }

    private static string Describe(ParameterInfo parameter) => $"{parameter.ParameterType.Name} {parameter.Name}";
}
