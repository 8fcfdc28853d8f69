using System;
using System.Globalization;
using SampleApp;

// Size of Models/digits.onnx, which the program itself does not need.
const double OnnxKilobytes = 483_292 / 1024.0;

var digits = DigitSet.Load();

// Before anything else calls them: a first call is only the first once.
var single = Measurement.Of(DigitsFloatModel.Predict, digits);
var int8 = Measurement.Of(DigitsModel.Predict, digits);

var shown = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) % digits.Count : 2;

Console.WriteLine();
Console.WriteLine(Picture.Draw(digits.Pixels(shown)));
var (digit, probability) = Classifier.Classify(DigitsModel.Predict, digits.Input(shown));
Console.WriteLine(Invariant($"  A {digit}, says the 8-bit network: {probability:P1}. The label says {digits.Labels[shown]}."));
Console.WriteLine();

Row("", $"32-bit", $"8-bit", "");
Row("accuracy", $"{single.Accuracy:P1}", $"{int8.Accuracy:P1}", $"on {digits.Count} digits it was not trained on");
Row("a digit takes", $"{single.Microseconds:F1} us", $"{int8.Microseconds:F1} us", "median, one thread");
Row("and allocates", $"{single.AllocatedBytes} B", $"{int8.AllocatedBytes} B", "");
Row("constants", $"{Kilobytes(nameof(DigitsFloatModel)):F1} KB", $"{Kilobytes(nameof(DigitsModel)):F1} KB", $"digits.onnx: {OnnxKilobytes:F1} KB");
Row("first call", $"{single.FirstCallMilliseconds:F1} ms", $"{int8.FirstCallMilliseconds:F1} ms", $"{single.FirstCallJittedMethods} and {int8.FirstCallJittedMethods} methods compiled for it");
Row("fingerprint", $"{single.Fingerprint:x8}", $"{int8.Fingerprint:x8}", "of all outputs: the same on every processor");

static double Kilobytes(string model) => typeof(DigitSet).Assembly.GetManifestResourceStream($"SampleApp.{model}.weights")!.Length / 1024.0;

static string Invariant(FormattableString text) => FormattableString.Invariant(text);

static void Row(string what, FormattableString single, FormattableString int8, string note) =>
    Console.WriteLine($"  {what,-14}{Invariant(single),12}{Invariant(int8),12}   {note}".TrimEnd());
