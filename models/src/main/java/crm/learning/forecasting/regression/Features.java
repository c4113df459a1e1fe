package crm.learning.forecasting.regression;

import crm.learning.forecasting.series.Calendar;
import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.History;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The features that the regression has of a future value. The first features are of the origin:
 * lags, means, and its place in week and year; direct coefficients per horizon make of that place
 * the one of the target, since the one is the other turned by the horizon. The others are of the
 * target: what was a year before it, and what its calendar says.
 */
public final class Features implements Serializable {
  private static final long serialVersionUID = 1;

  /** Transforms a value by the level at its origin. */
  public enum TargetTransform {
    /** Its ratio to the level, less 1. */
    RATIO(0) {
      @Override
      public double apply(double ratio) {
        return Math.max(-MAX_RATIO, Math.min(MAX_RATIO, ratio - 1));
      }

      @Override
      public double invert(double seen) {
        return 1 + Math.max(-MAX_RATIO, Math.min(MAX_RATIO, seen));
      }
    },
    /** The logarithm of that ratio, 1 % of the level added so that nothing sold has one too. */
    LOGARITHM(1) {
      @Override
      public double apply(double ratio) {
        return Math.min(MAX_LOG, Math.log((Math.max(0, ratio) + SHIFT) / (1 + SHIFT)));
      }

      @Override
      public double invert(double seen) {
        return Math.max(0, (1 + SHIFT) * Math.exp(Math.min(MAX_LOG, seen)) - SHIFT);
      }
    };

    private static final double SHIFT = 0.01;
    private static final double MAX_RATIO = 30;
    private static final double MAX_LOG = 5;

    private final int index;

    TargetTransform(int index) {
      this.index = index;
    }

    /** Returns where its sums and coefficients are. */
    public int index() {
      return index;
    }

    public abstract double apply(double ratio);

    public abstract double invert(double seen);
  }

  /**
   * A season of more periods is described by Fourier terms, a shorter one by a dummy per period.
   */
  private static final int MAX_DUMMIES = 12;

  private static final int WAVES = 3;
  private static final int MAX_LAGS = 28;
  private static final int MAX_LEVEL_WINDOW = 13;

  private final Frequency frequency;
  private final Calendar calendar;
  private final int season;
  private final int lags;
  private final int levelWindow;
  private final int dummies;
  private final int waves;
  private final int year;
  private final int yearHalfWindow;

  public Features(Frequency frequency, Calendar calendar) {
    this.frequency = frequency;
    this.calendar = calendar;
    season = frequency.season();
    lags = Math.min(2 * season + 1, MAX_LAGS);
    levelWindow = Math.min(season, MAX_LEVEL_WINDOW);
    dummies = season <= MAX_DUMMIES ? season - 1 : 0;
    boolean hasYear = frequency == Frequency.DAILY || frequency == Frequency.WEEKLY;
    waves = hasYear ? WAVES : 0;
    year = frequency == Frequency.DAILY ? 364 : hasYear ? 52 : 0;
    yearHalfWindow = frequency == Frequency.DAILY ? 3 : 1;
  }

  public int originFeatures() {
    return 1 + lags + 2 + dummies + 2 * waves;
  }

  public int targetFeatures() {
    return (year > 0 ? 1 : 0) + calendar.size();
  }

  /** Values that must be known: a season and one. */
  public int minKnown() {
    return season + 1;
  }

  public List<String> names() {
    List<String> names = new ArrayList<>(List.of("intercept"));
    for (int lag = 0; lag < lags; lag++) {
      names.add("lag_" + lag);
    }
    names.add("mean_" + 4 * levelWindow);
    names.add("mean_" + 13 * levelWindow);
    for (int place = 1; place <= dummies; place++) {
      names.add("season_" + place);
    }
    for (int wave = 1; wave <= waves; wave++) {
      names.add("year_sine_" + wave);
      names.add("year_cosine_" + wave);
    }
    if (year > 0) {
      names.add("year_before");
    }
    for (int i = 1; i <= calendar.size(); i++) {
      names.add("calendar_" + i);
    }
    return names;
  }

  /** Returns whether enough is known at the origin, and not all of it 0. */
  public boolean canSee(History history, int origin) {
    return history.known(origin) >= minKnown() && level(history, origin) > 0;
  }

  /** By which values are divided. */
  public double level(History history, int origin) {
    return history.level(origin, levelWindow);
  }

  /** Returns how little a series moves as it should, by its level: what its rows weigh less for. */
  public double noise(History history, int origin) {
    return history.scale(origin) / level(history, origin);
  }

  /** Lags from before the series began are taken to be at the level. */
  public void originFeatures(
      History history, LocalDate period, int origin, TargetTransform form, double[] features) {
    double level = level(history, origin);
    int at = 0;
    features[at++] = 1;
    for (int lag = 0; lag < lags; lag++) {
      int t = origin - lag;
      features[at++] = t < history.first() ? 0 : form.apply(history.filled(t) / level);
    }
    features[at++] = form.apply(history.mean(origin, 4 * levelWindow) / level);
    features[at++] = form.apply(history.mean(origin, 13 * levelWindow) / level);
    if (dummies > 0) {
      int place = place(period);
      for (int i = 1; i <= dummies; i++) {
        features[at++] = i == place ? 1 : 0;
      }
    }
    if (waves > 0) {
      double turn = 2 * Math.PI * (period.getDayOfYear() - 1) / period.lengthOfYear();
      for (int wave = 1; wave <= waves; wave++) {
        features[at++] = Math.sin(wave * turn);
        features[at++] = Math.cos(wave * turn);
      }
    }
  }

  private int place(LocalDate period) {
    return switch (frequency) {
      case DAILY -> period.getDayOfWeek().getValue() - 1;
      case MONTHLY -> period.getMonthValue() - 1;
      case QUARTERLY -> (period.getMonthValue() - 1) / 3;
      case WEEKLY -> 0;
    };
  }

  /**
   * Computes the features of the target: the value at the same time of the last known year,
   * relative to the level then, and the calendar.
   */
  public void targetFeatures(
      History history,
      double[] calendarOfTarget,
      int origin,
      int ahead,
      TargetTransform form,
      double[] features) {
    int at = 0;
    if (year > 0) {
      int years = (ahead + yearHalfWindow + year - 1) / year;
      int then = origin - years * year;
      boolean isKnown = history.known(then) >= levelWindow;
      double level = isKnown ? level(history, then) : 0;
      double near =
          isKnown ? history.mean(then + ahead + yearHalfWindow, 2 * yearHalfWindow + 1) : 0;
      features[at++] = level > 0 ? form.apply(near / level) : 0;
    }
    for (double feature : calendarOfTarget) {
      features[at++] = feature;
    }
  }
}
